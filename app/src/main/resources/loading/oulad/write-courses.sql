insert into catalog.courses (id, slug, instructor_id, category_id, title, subtitle, description, language, level, price, currency,
                             status, published_at, created_at, external_id)
select o.course_id, lower('oulad-' || o.code_module || '-' || o.code_presentation), o.instructor_id, c.id,
       format('Module %s, %s', o.code_module, to_char(o.starts_at at time zone 'UTC', 'FMMonth YYYY')),
       format('Presentation %s, %s days', o.code_presentation, o.length),
       format('Module %s of the Open University as it was taught from %s for %s days. Real learners and real scores, made '
              'anonymous by the authors of the data set; days are counted from the first day of that month. '
              'Source: Kuzilek J., Hlosta M., Zdrahal Z., Open University Learning Analytics dataset, Sci. Data 4:170171 (2017), '
              'https://doi.org/10.1038/sdata.2017.171, licence CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/).',
              o.code_module, to_char(o.starts_at at time zone 'UTC', 'FMMonth YYYY'), o.length),
       'en', 'intermediate', 0, 'GBP', 'published', opened.at, opened.at, o.external_id
  from oulad_offerings o
  join catalog.categories c on c.slug = 'open-university'
  left join (select e.course_id, min(e.enrolled_at) as at from oulad_enrolled e group by e.course_id) first_enrolled
         on first_enrolled.course_id = o.course_id
 cross join lateral (select least(o.starts_at, first_enrolled.at) as at) opened
 where not exists (select from catalog.courses known where known.id = o.course_id)
 order by o.course_id;
