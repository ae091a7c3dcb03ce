-- The books of the sample academy; docs/ledger.md tells the postings. A sale of 100.00 with a share of 0.70:
--   gateway_clearing  ->  instructor_earned  70.00   (a further instructor's percent is taken from the lead's part)
--   gateway_clearing  ->  platform_revenue   30.00
-- and its refund, in the same parts, first owed to the student, then given back by the gateway:
--   instructor_earned ->  student_refunds    70.00
--   platform_revenue  ->  student_refunds    30.00
--   student_refunds   ->  gateway_clearing  100.00
create temp table ledger_movement on commit drop as
select l.student_id, l.order_id, l.course_id, l.instructor_id, l.currency, p.id as transaction_id, null::uuid as refund_id,
       'sale' as kind, p.captured_at as posted_at, l.amount, c.instructor_share
  from line_plan l
  join payment_plan p on p.order_no = l.order_no and p.status = 'captured'
  cross join clock c
 where l.amount > 0
union all
select r.student_id, r.order_id, r.course_id, r.instructor_id, r.currency, r.id, r.id,
       case r.kind when 'chargeback' then 'chargeback' else 'refund' end, r.refunded_at, r.refund_amount, c.instructor_share
  from refund_plan r cross join clock c;

-- who gets, or gives back, which part of it (no instructor: the platform)
create temp table ledger_part on commit drop as
with shared as (
  select m.*, round(m.amount * m.instructor_share, 2) as instructors_part,
         coalesce((select sum(round(round(m.amount * m.instructor_share, 2) * i.share_percent / 100, 2))
                     from catalog.course_instructors i where i.course_id = m.course_id), 0) as others_part
    from ledger_movement m
)
select s.transaction_id, s.refund_id, s.student_id, s.order_id, s.course_id, s.currency, s.kind, s.posted_at, p.part, p.earner_id, p.amount
  from shared s
  cross join lateral (
    values ('1 platform', null::uuid, s.amount - s.instructors_part), ('2 lead', s.instructor_id, s.instructors_part - s.others_part)
    union all
    select '3 other ' || i.instructor_id, i.instructor_id, round(s.instructors_part * i.share_percent / 100, 2)
      from catalog.course_instructors i where i.course_id = s.course_id
    union all
    select '4 gateway', null, s.amount where s.kind <> 'sale') p (part, earner_id, amount)
 where p.amount > 0;

insert into sales.ledger_accounts (id, kind, instructor_id, currency, opened_at)
select platform.uuid_v7_of(clock.first_day::timestamptz, 'academy.account.' || a.kind || coalesce('.' || a.instructor_id, '') || '.' || a.currency),
       a.kind, a.instructor_id, a.currency, clock.first_day::timestamptz
  from clock cross join lateral (
    select k.kind, null::uuid as instructor_id, m.currency
      from (select distinct currency from ledger_movement) m,
           (values ('gateway_clearing'), ('platform_revenue'), ('student_refunds')) k (kind)
    union
    select 'instructor_earned', p.earner_id, p.currency from ledger_part p where p.earner_id is not null) a
on conflict on constraint ledger_accounts_kind_instructor_id_currency_key do nothing;

create temp table account on commit drop as
select * from sales.ledger_accounts where kind in ('gateway_clearing', 'platform_revenue', 'student_refunds', 'instructor_earned');
analyze account;
insert into sales.ledger_entries (id, transaction_id, posted_at, business_day, kind, debit_account_id, credit_account_id, amount,
                                  currency, student_id, order_id, course_id, refund_id)
select platform.uuid_v7_of(p.posted_at, 'academy.entry.' || p.transaction_id || p.course_id || p.part), p.transaction_id, p.posted_at,
       p.posted_at::date, p.kind, debit.id, credit.id, p.amount, p.currency, p.student_id, p.order_id, p.course_id, p.refund_id
  from ledger_part p
  cross join lateral (
    select case when p.part like '4%' then 'student_refunds' when p.earner_id is null then 'platform_revenue' else 'instructor_earned' end as party,
           case when p.part like '4%' or p.kind = 'sale' then 'gateway_clearing' else 'student_refunds' end as other) k
  join account party on party.kind = k.party and party.currency = p.currency and party.instructor_id is not distinct from p.earner_id
  join account other on other.kind = k.other and other.currency = p.currency
  join account debit on debit.id = case when p.kind <> 'sale' then party.id else other.id end
  join account credit on credit.id = case when p.kind <> 'sale' then other.id else party.id end
 order by p.posted_at, p.transaction_id, p.course_id, p.part;

-- last month's earnings wait to be approved
insert into sales.payouts (id, instructor_id, period_start, period_end, amount, currency, created_at)
select platform.uuid_v7_of(clock.ends_at, 'academy.payout.' || p.earner_id || '.' || p.currency || '.' || m.first_day),
       p.earner_id, m.first_day, (m.first_day + interval '1 month')::date,
       sum(case p.kind when 'sale' then p.amount else -p.amount end), p.currency, clock.ends_at
  from clock
  cross join lateral (select (date_trunc('month', clock.day) - interval '1 month')::date as first_day) m
  join ledger_part p on p.earner_id is not null and p.posted_at::date >= m.first_day and p.posted_at::date < m.first_day + interval '1 month'
 group by p.earner_id, p.currency, m.first_day, clock.ends_at
having sum(case p.kind when 'sale' then p.amount else -p.amount end) > 0;
