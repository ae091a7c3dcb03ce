-- What students who signed up in a month pay in that month and in each one after: one row for each currency.
-- Owned by techcourse_reader, not security_invoker: an analyst sees these sums, and no student.
create or replace view analytics.revenue_cohorts as
with academy as (
  select s.value #>> '{}' as time_zone from platform.settings s where s.name = 'accounting_time_zone'
), movements as (
  select p.student_id, p.business_day, p.currency, p.amount::numeric as gross, 0::numeric as refund
    from sales.payments p
   where p.status = 'captured'
   union all
  select r.student_id, r.business_day, r.currency, 0, r.amount from sales.refunds r
), by_month as (
  select m.student_id, m.currency, date_trunc('month', m.business_day)::date as month, sum(m.gross) as gross, sum(m.refund) as refund
    from movements m
   group by m.student_id, m.currency, 3
), cohorts as (
  select b.*, date_trunc('month', u.created_at at time zone academy.time_zone)::date as signup_month
    from academy
   cross join by_month b
    join identity.users u on u.id = b.student_id
)
select c.signup_month,
       ((extract(year from c.month) - extract(year from c.signup_month)) * 12
         + extract(month from c.month) - extract(month from c.signup_month))::integer as months_after,
       c.currency::text as currency,
       count(*) filter (where c.gross > 0) as buyers,
       sum(c.gross)::numeric(14, 2) as gross_amount,
       sum(c.refund)::numeric(14, 2) as refund_amount,
       sum(c.gross - c.refund)::numeric(14, 2) as net_amount
  from cohorts c
 group by 1, 2, 3;
comment on view analytics.revenue_cohorts is
  'Money paid and given back by the month of the students'' sign-up and the months since, one row for each currency.';
comment on column analytics.revenue_cohorts.signup_month is 'First day of the month of sign-up, in the accounting time zone.';
comment on column analytics.revenue_cohorts.months_after is 'Months between sign-up and payment or refund: 0 is the month of the sign-up.';
comment on column analytics.revenue_cohorts.currency is 'ISO 4217 code of the amounts; amounts of different currencies must never be added.';
comment on column analytics.revenue_cohorts.buyers is 'Students who paid in that month.';
comment on column analytics.revenue_cohorts.gross_amount is 'What was paid.';
comment on column analytics.revenue_cohorts.refund_amount is 'What was given back.';
comment on column analytics.revenue_cohorts.net_amount is 'Gross less refunds.';
call platform.give_view('analytics.revenue_cohorts', 'techcourse_reader');
grant select on analytics.revenue_cohorts to analyst;
