-- A corrected key counts at once for whoever hands in from then on; what was handed in before is graded again in batches,
-- each a transaction of its own, so that a quiz with very many attempts keeps nobody waiting and a killed node costs one
-- batch. How far a correction has come lies beside it, because the correction itself never changes.
alter table learning.regrades
  alter column attempts_seen drop not null,
  alter column attempts_changed drop not null;

create table learning.regrade_runs (
  regrade_id uuid not null,
  quiz_id uuid not null,
  attempts_total integer not null,
  attempts_seen integer not null default 0,
  attempts_changed integer not null default 0,
  last_started_at timestamptz,
  last_attempt_id uuid,
  started_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  constraint regrade_runs_regrade_id_pkey primary key (regrade_id),
  constraint regrade_runs_regrade_id_fkey foreign key (regrade_id) references learning.regrades (id) on delete restrict,
  constraint regrade_runs_quiz_id_fkey foreign key (quiz_id) references catalog.quizzes (id) on delete restrict,
  constraint regrade_runs_counts_check check (attempts_total >= 0 and attempts_changed between 0 and attempts_seen),
  constraint regrade_runs_last_attempt_has_a_time_check check ((last_started_at is null) = (last_attempt_id is null))
);
comment on table learning.regrade_runs is
  'How far the attempts at a quiz are graded again after a correction. Shard class: local.';
-- one correction after the other, or an attempt could end with the points of the earlier one
create unique index regrade_runs_one_under_way_per_quiz_key on learning.regrade_runs (quiz_id) where finished_at is null;
create index regrade_runs_quiz_id_idx on learning.regrade_runs (quiz_id);
insert into platform.shard_plan (table_name, class) values ('learning.regrade_runs', 'local');
call platform.protect('learning.regrade_runs');

-- made anew, in other shapes, by the files of their own
drop function if exists learning.regrade(uuid, jsonb, text);
drop function if exists learning.regrade_effects(uuid, jsonb);
drop function if exists learning.regrades_of(uuid);
