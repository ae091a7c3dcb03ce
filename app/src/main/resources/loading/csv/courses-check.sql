-- A course is known by its external id; category and instructor must be there.
alter table staged add column category_id uuid, add column instructor_id uuid;
update staged s set subject_id = c.id from catalog.courses c where s.outcome is null and c.external_id = s.external_id;
update staged s set category_id = c.id from catalog.categories c where s.outcome is null and c.slug = s.category;
update staged s set instructor_id = u.id
  from identity.users u join identity.user_roles r on r.user_id = u.id and r.role = 'instructor'
 where s.outcome is null and u.email = s.instructor_email::extensions.citext;

update staged s set outcome = 'refused', column_name = 'category', sentence = 'There is no category with this slug.'
 where s.outcome is null and s.category_id is null;
update staged s set outcome = 'refused', column_name = 'instructor_email', sentence = 'Nobody with this address is an instructor.'
 where s.outcome is null and s.instructor_id is null;
update staged s set outcome = 'refused', column_name = 'slug', sentence = 'Another course has this slug.'
  from catalog.courses c where s.outcome is null and c.slug = s.slug and c.id is distinct from s.subject_id;
update staged s set outcome = 'refused', column_name = 'slug', sentence = format('The row in line %s has the same slug.', t.first)
  from (select line_no, first_value(line_no) over (partition by slug order by line_no) as first from staged where outcome is null) t
 where t.line_no = s.line_no and t.first <> s.line_no;
update staged s set outcome = 'refused', column_name = 'instructor_email', sentence = 'Another instructor leads this course; an import does not change that.'
  from catalog.courses c where s.outcome is null and c.id = s.subject_id and c.instructor_id <> s.instructor_id;

update staged s set outcome = 'created', subject_id = platform.uuid_v7() where s.outcome is null and s.subject_id is null;
update staged s
   set outcome = case when (c.slug, c.title, c.category_id, c.price, c.currency::text)
                         = (s.slug, s.title, s.category_id, s.price, s.currency)
                       and coalesce(s.subtitle, c.subtitle) = c.subtitle and coalesce(s.description, c.description) = c.description
                       and coalesce(s.language, c.language) = c.language and coalesce(s.level, c.level) = c.level
                      then 'unchanged' else 'updated' end
  from catalog.courses c
 where s.outcome is null and c.id = s.subject_id;
