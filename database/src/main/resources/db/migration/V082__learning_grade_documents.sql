-- From shares to points, and from points to a score.
create function learning.grade_answer(question jsonb, answer jsonb, out points numeric, out parts jsonb)
  language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
declare
  most constant numeric := (question ->> 'points')::numeric;
  penalty constant numeric := case when jsonb_typeof(question -> 'penalty') = 'number'
    then least(greatest((question ->> 'penalty')::numeric, 0), most) else 0 end;
  share numeric;
begin
  if answer is null or answer in ('null', '""', '[]', '{}')
    or jsonb_typeof(answer) = 'string' and learning.plain_text(answer #>> '{}', true) = ''
    or learning.answer_fault(question, answer) is not null then
    points := 0;
  elsif question ->> 'type' = 'essay' then
    points := null;
  else
    select s.share, s.parts into share, parts from learning.answer_share(question, answer) s;
    points := case
      when share >= 1 then most
      when not coalesce(question -> 'partial_credit' = 'true', false) then -penalty
      when share = 0 and question ->> 'type' <> 'multiple_choice' then -penalty
      else greatest(round(most * share, 4), -penalty) end;
  end if;
end
$$;
comment on function learning.grade_answer(jsonb, jsonb) is
  'Points for an answer: all of them when it is right; with partial_credit their share, see learning.answer_share(); minus the penalty when it is wrong; 0 for none or a malformed one; null for an essay, which waits for a person.';

create function learning.score_of(document jsonb, item_points jsonb) returns numeric
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return (select case when bool_and(jsonb_typeof(item_points -> (q ->> 'id')) = 'number')
                   then round(100 * least(greatest(sum((item_points ->> (q ->> 'id'))::numeric), 0), sum((q ->> 'points')::numeric))
                              / sum((q ->> 'points')::numeric), 2) end
            from jsonb_array_elements(document -> 'questions') q);
comment on function learning.score_of(jsonb, jsonb) is
  'Percent of all points of a document, 0 to 100, two decimals; penalties never take it below 0. Null as long as a question has no points.';

create function learning.grade_document(document jsonb, answers jsonb, out item_points jsonb, out score numeric)
  language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
begin
  select jsonb_object_agg(q.question ->> 'id', g.points) into item_points
    from jsonb_array_elements(document -> 'questions') q (question),
         learning.grade_answer(q.question, case when jsonb_typeof(answers) = 'object' then answers -> (q.question ->> 'id') end) g;
  score := learning.score_of(document, item_points);
end
$$;
comment on function learning.grade_document(jsonb, jsonb) is
  'Points by question id and the score in percent; an essay that was answered has null points, and then the score is null too.';

create function learning.paper_of(document jsonb, paper jsonb) returns jsonb
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return case when paper is null then document else jsonb_set(document, '{questions}', (
    select jsonb_agg(q.question order by p.n)
      from jsonb_array_elements_text(paper) with ordinality p (id, n)
      join jsonb_array_elements(document -> 'questions') q (question) on q.question ->> 'id' = p.id)) end;
comment on function learning.paper_of(jsonb, jsonb) is
  'A document reduced to the questions of one paper, in its order; the whole document where an attempt kept no paper.';

create table learning.regrades (
  id uuid not null default platform.uuid_v7(),
  quiz_id uuid not null,
  question_id learning.question_name not null,
  question learning.json_object not null,
  reason text not null,
  requested_by uuid not null,
  attempts_seen integer not null,
  attempts_changed integer not null,
  created_at timestamptz not null default clock_timestamp(),
  constraint regrades_id_pkey primary key (id),
  constraint regrades_quiz_id_fkey foreign key (quiz_id) references catalog.quizzes (id) on delete restrict,
  constraint regrades_requested_by_fkey foreign key (requested_by) references identity.users (id) on delete restrict,
  constraint regrades_reason_length_check check (length(btrim(reason)) between 1 and 500),
  constraint regrades_question_size_check check (pg_column_size(question) <= 131072),
  constraint regrades_counts_check check (attempts_changed between 0 and attempts_seen)
);
comment on table learning.regrades is
  'Corrections of a key after attempts were graded with it: what is right, why, by whom, and how many it touched. Shard class: reference.';
-- corrections of a quiz, latest first
create index regrades_quiz_id_idx on learning.regrades (quiz_id, id desc);
create index regrades_requested_by_idx on learning.regrades (requested_by);

create table learning.key_corrections (
  quiz_id uuid not null,
  version integer not null,
  question_id learning.question_name not null,
  regrade_id uuid not null,
  -- a correction touches a question of a version once
  constraint key_corrections_version_question_id_pkey primary key (quiz_id, version, question_id, regrade_id),
  constraint key_corrections_quiz_version_fkey foreign key (quiz_id, version)
    references catalog.quiz_versions (quiz_id, version) on delete restrict,
  constraint key_corrections_regrade_id_fkey foreign key (regrade_id) references learning.regrades (id) on delete restrict
);
comment on table learning.key_corrections is
  'Which versions of a quiz a correction is for; the latest one of a question counts, the versions themselves never change. Shard class: reference.';
create index key_corrections_regrade_id_idx on learning.key_corrections (regrade_id);
create table learning.attempt_regrades (
  student_id uuid not null,
  regrade_id uuid not null,
  attempt_started_at timestamptz not null,
  attempt_id uuid not null,
  points_before learning.points,
  points_after learning.points,
  score_before learning.percentage,
  score_after learning.percentage,
  passed_before boolean not null,
  passed_after boolean not null,
  certificate_kept boolean not null,
  regraded_at timestamptz not null default clock_timestamp(),
  -- a correction changes an attempt once
  constraint attempt_regrades_attempt_regrade_id_pkey primary key (student_id, attempt_started_at, attempt_id, regrade_id),
  constraint attempt_regrades_attempt_fkey foreign key (student_id, attempt_started_at, attempt_id)
    references learning.attempts (student_id, started_at, id) on delete restrict,
  constraint attempt_regrades_regrade_id_fkey foreign key (regrade_id) references learning.regrades (id) on delete restrict,
  -- a certificate is only kept in spite of something
  constraint attempt_regrades_certificate_kept_check check (not certificate_kept or passed_before and not passed_after)
);
comment on table learning.attempt_regrades is
  'What a corrected key changed in an attempt, before and after; append only. Shard class: student-keyed.';
-- the changes of one correction
create index attempt_regrades_regrade_id_idx on learning.attempt_regrades (regrade_id, student_id);

call platform.protect('learning.regrades');
call platform.protect('learning.attempt_regrades');
call platform.protect('learning.key_corrections');
insert into platform.shard_plan (table_name, class) values ('learning.regrades', 'reference'), ('learning.key_corrections', 'reference');
insert into platform.shard_plan (table_name, class, distribution_column) values ('learning.attempt_regrades', 'student-keyed', 'student_id');
call audit.watch_inserts('learning.regrades', 'id', 'quiz_id,question_id,requested_by,attempts_seen,attempts_changed');
call audit.watch_inserts('learning.attempt_regrades', 'student_id,attempt_id,regrade_id', 'score_before,score_after,certificate_kept');
do $$
declare
  target text;
begin
  foreach target in array array['regrades', 'key_corrections', 'attempt_regrades'] loop
    execute format('create trigger %1$I before update or delete on learning.%2$I for each row execute function audit.refuse_change()',
      target || '_append_only', target);
    execute format('create trigger %1$I before truncate on learning.%2$I for each statement execute function audit.refuse_change()',
      target || '_never_truncated', target);
    execute format('alter table learning.%2$I enable always trigger %1$I', target || '_append_only', target);
    execute format('alter table learning.%2$I enable always trigger %1$I', target || '_never_truncated', target);
    execute format('revoke update on learning.%I from techcourse_loader', target);
  end loop;
end
$$;

create function learning.key_document(quiz_id uuid, version integer) returns jsonb
  language sql stable set search_path = pg_catalog, pg_temp
  return (select case when c.questions is null then v.metadata else jsonb_set(v.metadata, '{questions}', (
                   select jsonb_agg(coalesce(c.questions -> (q.question ->> 'id'), q.question) order by q.n)
                     from jsonb_array_elements(v.metadata -> 'questions') with ordinality q (question, n))) end
            from catalog.quiz_versions v
           cross join (select jsonb_object_agg(k.question_id, r.question order by r.id) as questions
                         from learning.key_corrections k join learning.regrades r on r.id = k.regrade_id
                        where k.quiz_id = key_document.quiz_id and k.version = key_document.version) c
           where v.quiz_id = key_document.quiz_id and v.version = key_document.version);
comment on function learning.key_document(uuid, integer) is
  'A version of a quiz with the keys that count today: its own, or the latest correction of each question.';

grant execute on function learning.plain_text(text, boolean), learning.number_in(jsonb, text), learning.answer_fault(jsonb, jsonb),
  learning.answer_share(jsonb, jsonb), learning.grade_answer(jsonb, jsonb), learning.score_of(jsonb, jsonb),
  learning.grade_document(jsonb, jsonb), learning.paper_of(jsonb, jsonb), learning.key_document(uuid, integer)
  to techcourse_reader, techcourse_loader;
grant execute on function catalog.quiz_ids(jsonb), catalog.quiz_texts(jsonb) to techcourse_reader;
