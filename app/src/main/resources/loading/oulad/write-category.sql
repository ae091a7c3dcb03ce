insert into catalog.categories (slug, name, description, position)
select 'open-university', 'Open University', 'Real, anonymised courses of the Open University Learning Analytics Dataset (CC BY 4.0).',
       (select coalesce(max(c.position), 0) + 1 from catalog.categories c)
 where not exists (select from catalog.categories c where c.slug = 'open-university');
