insert into sales.coupons (id, code, percent_off, amount_off, currency, scope, course_id, instructor_id, valid_from, valid_until,
                           max_redemptions, max_per_student, first_purchase_only, active, created_by)
select s.subject_id, s.code, s.percent_off, s.amount_off, s.currency, s.scope, s.course_id, s.instructor_id,
       coalesce(s.valid_from, clock_timestamp()), s.valid_until, s.max_redemptions, coalesce(s.max_per_student, 1),
       coalesce(s.first_purchase_only, false), coalesce(s.active, true), nullif(current_setting('app.user_id', true), '')::uuid
  from staged s where s.outcome = 'created' and /* range */ order by s.line_no;
update sales.coupons c
   set valid_from = coalesce(s.valid_from, c.valid_from), valid_until = s.valid_until, max_redemptions = s.max_redemptions,
       max_per_student = coalesce(s.max_per_student, c.max_per_student),
       first_purchase_only = coalesce(s.first_purchase_only, c.first_purchase_only), active = coalesce(s.active, c.active)
  from staged s where s.outcome = 'updated' and c.id = s.subject_id and /* range */;
