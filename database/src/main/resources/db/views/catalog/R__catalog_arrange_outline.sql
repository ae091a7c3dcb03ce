-- Reordering: one call with the whole tree, so that no two reorderings mix. Row security decides whose outline it is.
create or replace function catalog.arrange_outline(course_id uuid, tree jsonb) returns void
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  if array(select e ->> 'id' from jsonb_array_elements(tree) e order by 1)
       <> array(select s.id::text from catalog.sections s where s.course_id = arrange_outline.course_id order by 1)
     or array(select l #>> '{}' from jsonb_array_elements(tree) e, jsonb_array_elements(e -> 'lessons') l order by 1)
       <> array(select l.id::text from catalog.lessons l where l.course_id = arrange_outline.course_id order by 1) then
    raise exception 'The order does not name every section and lesson of the course % once.', arrange_outline.course_id
      using errcode = 'TC226', hint = 'Read the outline again, and send all of it in the new order.', schema = 'catalog', table = 'sections';
  end if;
  set constraints catalog.sections_course_id_position_key, catalog.lessons_section_id_position_key deferred;
  update catalog.sections s set position = e.n - 1
    from jsonb_array_elements(tree) with ordinality e (entry, n)
   where s.id = (e.entry ->> 'id')::uuid and s.position <> e.n - 1;
  update catalog.lessons l set section_id = p.section_id, position = p.n - 1
    from (select (e ->> 'id')::uuid as section_id, (t.lesson #>> '{}')::uuid as id, t.n
            from jsonb_array_elements(tree) e, jsonb_array_elements(e -> 'lessons') with ordinality t (lesson, n)) p
   where l.id = p.id and (l.section_id, l.position) <> (p.section_id, p.n - 1);
  set constraints catalog.sections_course_id_position_key, catalog.lessons_section_id_position_key immediate;
end
$$;
comment on function catalog.arrange_outline(uuid, jsonb) is
  'Puts the sections and lessons of a course into a new order: [{"id": section, "lessons": [lesson ..]} ..], all of them. Error: TC226 not all, or others.';
grant execute on function catalog.arrange_outline(uuid, jsonb) to techcourse_app;
