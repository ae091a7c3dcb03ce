-- Marketing's view of the students: how many, where from, since when, how lively. Counts only, no person.
-- Owned by techcourse_reader, not security_invoker: marketing sees these counts, and neither users nor orders.
create or replace view reporting.student_segments as
with academy as (
  select s.value #>> '{}' as time_zone from platform.settings s where s.name = 'accounting_time_zone'
), learning_of as (
  select e.student_id, max(e.enrolled_at) as last_enrolled_at
    from learning.enrollments e
   group by e.student_id
), lessons_of as (
  select p.student_id, max(p.last_seen_at) as last_seen_at
    from learning.lesson_progress p
   group by p.student_id
), attempts_of as (
  select s.student_id, max(s.started_at) as last_attempt_at
    from learning.attempt_slots s
   group by s.student_id
), buyers as (
  select distinct p.student_id from sales.payments p where p.status = 'captured' and p.amount > 0
), students as (
  select u.country,
         date_trunc('month', u.created_at at time zone academy.time_zone)::date as signup_month,
         learning_of.student_id is not null as enrolled,
         greatest(learning_of.last_enrolled_at, lessons_of.last_seen_at, attempts_of.last_attempt_at) as last_active_at,
         buyers.student_id is not null as paid
    from academy
   cross join identity.user_roles r
    join identity.users u on u.id = r.user_id and u.status = 'active'
    left join learning_of on learning_of.student_id = u.id
    left join lessons_of on lessons_of.student_id = u.id
    left join attempts_of on attempts_of.student_id = u.id
    left join buyers on buyers.student_id = u.id
   where r.role = 'student'
)
select s.country::text as country,
       s.signup_month,
       case when not s.enrolled then 'never enrolled'
            when s.last_active_at >= now() - interval '30 days' then 'active'
            when s.last_active_at >= now() - interval '90 days' then 'cooling'
            else 'lapsed' end as activity,
       count(*) as students,
       count(*) filter (where s.paid) as paying_students
  from students s
 group by 1, 2, 3;
comment on view reporting.student_segments is
  'Active students counted by country, month of sign-up and activity; no name, no e-mail address.';
comment on column reporting.student_segments.country is 'ISO 3166-1 alpha-2 code; null for students who did not say.';
comment on column reporting.student_segments.signup_month is 'First day of the month of sign-up, in the accounting time zone.';
comment on column reporting.student_segments.activity is
  'never enrolled; active: enrolled, learnt or took a quiz in the last 30 days; cooling: in the last 90; lapsed: longer ago.';
comment on column reporting.student_segments.students is 'How many students.';
comment on column reporting.student_segments.paying_students is 'How many of them have ever paid for a course.';
call platform.give_view('reporting.student_segments', 'techcourse_reader');
grant select on reporting.student_segments to marketing;
