-- What a search looks at. However common a word, the work is bounded: of each kind of match so many courses, in the order
-- in which they lie, then the caller ranks them. Row security on courses would keep a search from its indexes, because
-- full text and trigrams are not leakproof; the reader that owns the function sees what is published, which is public.
create or replace function catalog.find_courses(words text, most integer)
  returns table (course_id uuid, found_by text)
  language plpgsql volatile rows 500 security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- lets "pyton" find Python; the stock 0.6 does not
  set local pg_trgm.word_similarity_threshold = 0.45;
  return query
    (select c.id, 'words' from catalog.courses c
      where c.status = 'published' and c.search @@ (websearch_to_tsquery('english', words) || websearch_to_tsquery('german', words)
              || websearch_to_tsquery('spanish', words) || websearch_to_tsquery('french', words) || websearch_to_tsquery('simple', words))
      limit most)
    union all
    (select c.id, 'part' from catalog.courses c
      where c.status = 'published'
        and c.title ilike '%' || replace(replace(replace(words, '\', '\\'), '%', '\%'), '_', '\_') || '%'
      limit most)
    union all
    (select c.id, 'likeness' from catalog.courses c
      where c.status = 'published' and words operator(extensions.<%) c.title
      limit most);
end
$$;
comment on function catalog.find_courses(text, integer) is
  'Courses on sale that have the words in their own language (words), in their title (part), or a title with a typing error of them (likeness); at most so many of each kind, and a course once for each.';
call platform.give_function('catalog.find_courses(text,integer)', 'techcourse_reader');
grant execute on function catalog.find_courses(text, integer) to techcourse_app;
