-- New courses are drafts; publishing asks for more than a row.
insert into catalog.courses (id, external_id, slug, instructor_id, category_id, title, subtitle, description, language, level, price, currency)
select s.subject_id, s.external_id, s.slug, s.instructor_id, s.category_id, s.title, coalesce(s.subtitle, ''),
       coalesce(s.description, ''), coalesce(s.language, 'en'), coalesce(s.level, 'beginner'), s.price, s.currency
  from staged s where s.outcome = 'created' and /* range */ order by s.line_no;
update catalog.courses c
   set slug = s.slug, category_id = s.category_id, title = s.title, subtitle = coalesce(s.subtitle, c.subtitle),
       description = coalesce(s.description, c.description), language = coalesce(s.language, c.language),
       level = coalesce(s.level, c.level), price = s.price, currency = s.currency
  from staged s where s.outcome = 'updated' and c.id = s.subject_id and /* range */;
