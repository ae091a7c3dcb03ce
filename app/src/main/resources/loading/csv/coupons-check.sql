-- A coupon is known by its code. What it takes off, and from what, stays as it was made.
alter table staged add column course_id uuid, add column instructor_id uuid;
update staged s set subject_id = c.id from sales.coupons c where s.outcome is null and c.code = s.code::extensions.citext;
update staged s set course_id = c.id from catalog.courses c where s.outcome is null and c.external_id = s.course;
update staged s set course_id = c.id from catalog.courses c where s.outcome is null and s.course_id is null and c.slug = s.course;
update staged s set instructor_id = u.id
  from identity.users u join identity.user_roles r on r.user_id = u.id and r.role = 'instructor'
 where s.outcome is null and u.email = s.instructor_email::extensions.citext;

update staged s set outcome = 'refused', column_name = 'course', sentence = 'There is no such course.'
 where s.outcome is null and s.course is not null and s.course_id is null;
update staged s set outcome = 'refused', column_name = 'instructor_email', sentence = 'Nobody with this address is an instructor.'
 where s.outcome is null and s.instructor_email is not null and s.instructor_id is null;
update staged s set outcome = 'refused', column_name = 'code', sentence = 'There is such a coupon already, and it takes off something else.'
  from sales.coupons c
 where s.outcome is null and c.id = s.subject_id
   and (c.percent_off, c.amount_off, c.currency::text, c.scope, c.course_id, c.instructor_id)
       is distinct from (s.percent_off, s.amount_off, s.currency, s.scope, s.course_id, s.instructor_id);

update staged s set outcome = 'created', subject_id = platform.uuid_v7() where s.outcome is null and s.subject_id is null;
update staged s
   set outcome = case when (c.valid_until, c.max_redemptions) = (s.valid_until, s.max_redemptions)
                       and coalesce(s.valid_from, c.valid_from) = c.valid_from
                       and coalesce(s.max_per_student, c.max_per_student) = c.max_per_student
                       and coalesce(s.first_purchase_only, c.first_purchase_only) = c.first_purchase_only
                       and coalesce(s.active, c.active) = c.active
                      then 'unchanged' else 'updated' end
  from sales.coupons c
 where s.outcome is null and c.id = s.subject_id;
