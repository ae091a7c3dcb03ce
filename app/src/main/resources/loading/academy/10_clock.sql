-- The academy day (the last day that is told), and the 90 days of trade that end with it.
create temp table clock on commit drop as
select c.day,
       c.day - 89 as first_trading_day,
       c.day - 364 as first_day,
       (c.day + 1)::timestamptz as ends_at,
       (select (value #>> '{}')::numeric from platform.settings where name = 'instructor_share') as instructor_share,
       (select (value #>> '{}')::numeric from platform.settings where name = 'instructor_share_own_coupon') as instructor_share_own_coupon
  from academy_day c;
