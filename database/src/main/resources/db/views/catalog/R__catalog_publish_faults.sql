-- The list of what a course still lacks: the studio shows it, catalog.check_publishing() asks it.
create or replace function catalog.publish_faults(course_id uuid) returns table (code text, subject_id uuid, fault text)
  language sql stable set search_path = pg_catalog, pg_temp
begin atomic
  select f.code, f.subject_id, f.fault
    from (
      select 1 as place, 'title' as code, null::uuid as subject_id, 'The title has fewer than 5 characters.' as fault
        from catalog.courses c where c.id = publish_faults.course_id and length(btrim(c.title)) < 5
      union all
      select 2, 'subtitle', null, 'There is no subtitle.'
        from catalog.courses c where c.id = publish_faults.course_id and btrim(c.subtitle) = ''
      union all
      select 3, 'description', null, 'The description has fewer than 200 characters.'
        from catalog.courses c where c.id = publish_faults.course_id and length(btrim(c.description)) < 200
      union all
      select 4, 'instructor-profile', c.instructor_id, 'The profile of the lead has no name or says nothing about the person.'
        from catalog.courses c
       where c.id = publish_faults.course_id and not exists (
         select from identity.instructor_profiles p
          where p.user_id = c.instructor_id and btrim(p.display_name) <> '' and btrim(p.bio) <> '')
      union all
      select 5, 'lessons', null, 'There is no lesson.'
       where not exists (select from catalog.lessons l where l.course_id = publish_faults.course_id)
      union all
      select 6, 'empty-section', s.id, 'A section has no lessons.'
        from catalog.sections s
       where s.course_id = publish_faults.course_id and not exists (select from catalog.lessons l where l.section_id = s.id)
      union all
      select 7, 'lesson-content', l.id, case l.kind when 'article' then 'A lesson has no text.'
          when 'video' then 'A lesson has no address of its video.' else 'A lesson has no file.' end
        from catalog.lessons l left join catalog.lesson_contents t on t.lesson_id = l.id
       where l.course_id = publish_faults.course_id
         and not case l.kind when 'article' then coalesce(btrim(t.markdown), '') <> '' when 'video' then t.video_url is not null
           else t.attachment_key is not null or exists (select from catalog.attachments a where a.lesson_id = l.id) end
      union all
      select 8, 'quiz', q.id, 'A quiz is not valid.'
        from catalog.quizzes q where q.course_id = publish_faults.course_id and not catalog.is_quiz(q.metadata)) f
   order by f.place, f.subject_id;
end;
comment on function catalog.publish_faults(uuid) is
  'What a course lacks before it can be published, each with the section, lesson, quiz or person that it is about (null: the course); no row when nothing is missing.';
grant execute on function catalog.publish_faults(uuid) to techcourse_app;
