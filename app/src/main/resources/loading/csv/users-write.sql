-- New people without a password: they set one by the link for a forgotten one.
insert into identity.users (id, email, display_name, locale, country, external_id)
select s.subject_id, s.email, s.display_name, coalesce(s.locale, 'en'), s.country, s.external_id
  from staged s where s.outcome = 'created' and /* range */ order by s.line_no;
update identity.users u
   set external_id = s.external_id, display_name = s.display_name, locale = coalesce(s.locale, u.locale),
       country = coalesce(s.country, u.country)
  from staged s where s.outcome = 'updated' and u.id = s.subject_id and /* range */;
insert into identity.user_roles (user_id, role, granted_by)
select s.subject_id, r, nullif(current_setting('app.user_id', true), '')::uuid
  from staged s, unnest(string_to_array(coalesce(s.roles, 'student'), ';')) r
 where s.outcome in ('created', 'updated') and /* range */
on conflict do nothing;
insert into identity.instructor_profiles (user_id, display_name)
select s.subject_id, s.display_name from staged s
 where s.outcome in ('created', 'updated') and s.roles ~ 'instructor' and /* range */
on conflict do nothing;
