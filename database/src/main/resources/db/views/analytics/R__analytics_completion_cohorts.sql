-- Students by the month of their sign-up: how many came to learn, and how many got to the end.
-- Owned by techcourse_reader, not security_invoker: an analyst sees these counts, and no student.
create or replace view analytics.completion_cohorts as
with academy as (
  select s.value #>> '{}' as time_zone from platform.settings s where s.name = 'accounting_time_zone'
), students as (
  select u.id, date_trunc('month', u.created_at at time zone academy.time_zone)::date as signup_month
    from academy
   cross join identity.user_roles r
    join identity.users u on u.id = r.user_id
   where r.role = 'student'
), courses_of as (
  select e.student_id, count(*) as enrollments, count(e.completed_at) as completions,
         count(*) filter (where e.ended_at is not null and e.completed_at is null) as given_up
    from learning.enrollments e
   group by e.student_id
)
select s.signup_month,
       count(*) as students,
       count(c.student_id) as enrolled_students,
       count(*) filter (where c.completions > 0) as completing_students,
       coalesce(sum(c.enrollments), 0)::bigint as enrollments,
       coalesce(sum(c.completions), 0)::bigint as completions,
       coalesce(sum(c.given_up), 0)::bigint as given_up,
       round(sum(c.completions) / nullif(sum(c.enrollments), 0), 3) as completion_rate
  from students s
  left join courses_of c on c.student_id = s.id
 group by s.signup_month;
comment on view analytics.completion_cohorts is
  'Students by month of sign-up, with the courses that they began, completed and gave up.';
comment on column analytics.completion_cohorts.signup_month is 'First day of the month of sign-up, in the accounting time zone.';
comment on column analytics.completion_cohorts.students is 'Students who signed up in that month.';
comment on column analytics.completion_cohorts.enrolled_students is 'How many of them ever enrolled in a course.';
comment on column analytics.completion_cohorts.completing_students is 'How many of them completed at least one.';
comment on column analytics.completion_cohorts.enrollments is 'Enrolments of all of them.';
comment on column analytics.completion_cohorts.completions is 'How many enrolments were completed.';
comment on column analytics.completion_cohorts.given_up is 'How many ended before: withdrawn, refunded, expired or removed.';
comment on column analytics.completion_cohorts.completion_rate is 'Completions by enrolments, 0 to 1; null without enrolments.';
call platform.give_view('analytics.completion_cohorts', 'techcourse_reader');
grant select on analytics.completion_cohorts to analyst;
