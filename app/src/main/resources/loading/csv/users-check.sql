-- A person is known by the external id; an account that no source has claimed yet, by its address.
update staged s set subject_id = u.id from identity.users u where s.outcome is null and u.external_id = s.external_id;
update staged s set subject_id = u.id
  from identity.users u
 where s.outcome is null and s.subject_id is null and u.external_id is null and u.status <> 'erased'
   and u.email = s.email::extensions.citext;

update staged s set outcome = 'refused', column_name = 'email', sentence = 'This is no e-mail address.'
 where s.outcome is null and s.email !~ '^[^@[:space:]]+@[^@[:space:]]+$';
update staged s set outcome = 'refused', column_name = 'email', sentence = 'The account has another address, which only its owner changes.'
  from identity.users u
 where s.outcome is null and u.id = s.subject_id and u.email <> s.email::extensions.citext;
update staged s set outcome = 'refused', column_name = 'email', sentence = 'Another account has this address.'
  from identity.users u
 where s.outcome is null and u.email = s.email::extensions.citext and u.id is distinct from s.subject_id;
update staged s set outcome = 'refused', column_name = 'email', sentence = format('The row in line %s has the same address.', t.first)
  from (select line_no, first_value(line_no) over (partition by lower(email) order by line_no) as first from staged where outcome is null) t
 where t.line_no = s.line_no and t.first <> s.line_no;
update staged s set outcome = 'refused', column_name = 'roles', sentence = 'Roles are student, instructor or both, separated by a semicolon.'
 where s.outcome is null and s.roles !~ '^(student|instructor)(;(student|instructor))?$';

update staged s set outcome = 'created', subject_id = platform.uuid_v7() where s.outcome is null and s.subject_id is null;
update staged s
   set outcome = case when u.external_id = s.external_id and u.display_name = s.display_name
                       and coalesce(s.locale, u.locale) = u.locale and coalesce(s.country, u.country) is not distinct from u.country
                       and not exists (select from unnest(string_to_array(coalesce(s.roles, 'student'), ';')) r
                                        where not exists (select from identity.user_roles h where h.user_id = u.id and h.role = r))
                      then 'unchanged' else 'updated' end
  from identity.users u
 where s.outcome is null and u.id = s.subject_id;
