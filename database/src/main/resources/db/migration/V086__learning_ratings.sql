-- Ratings added up. A counter of each course in its own row would make all its reviewers wait for each other, so a
-- review only appends what it changes, beside its own student; now and then the changes are folded into the totals.
-- Totals plus open changes (view learning.current_ratings) are exact in every snapshot.
create table learning.course_ratings (
  course_id uuid not null,
  stars_1 integer not null default 0,
  stars_2 integer not null default 0,
  stars_3 integer not null default 0,
  stars_4 integer not null default 0,
  stars_5 integer not null default 0,
  ratings integer not null generated always as (stars_1 + stars_2 + stars_3 + stars_4 + stars_5) stored,
  stars_total integer not null generated always as (stars_1 + 2 * stars_2 + 3 * stars_3 + 4 * stars_4 + 5 * stars_5) stored,
  rolled_up_at timestamptz not null default clock_timestamp(),
  constraint course_ratings_course_id_pkey primary key (course_id),
  constraint course_ratings_course_id_fkey foreign key (course_id) references catalog.courses (id) on delete restrict,
  constraint course_ratings_counts_not_negative_check check (least(stars_1, stars_2, stars_3, stars_4, stars_5) >= 0)
);
comment on table learning.course_ratings is
  'How many gave a course one to five stars, as of the last roll-up; with the open changes: learning.current_ratings. Shard class: reference.';

create table learning.rating_changes (
  student_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  course_id uuid not null,
  rating smallint not null,
  change smallint not null,
  constraint rating_changes_student_id_id_pkey primary key (student_id, id),
  constraint rating_changes_student_id_fkey foreign key (student_id) references identity.users (id) on delete restrict,
  constraint rating_changes_course_id_fkey foreign key (course_id) references catalog.courses (id) on delete restrict,
  constraint rating_changes_rating_from_1_to_5_check check (rating between 1 and 5),
  constraint rating_changes_change_is_one_check check (change in (-1, 1))
);
comment on table learning.rating_changes is
  'What reviews have added to and taken from the ratings since the last roll-up; appended by a trigger, removed by the roll-up. Shard class: student-keyed.';
-- the open changes of a course
create index rating_changes_course_id_idx on learning.rating_changes (course_id) include (rating, change);

call platform.protect('learning.course_ratings');
call platform.protect('learning.rating_changes');
grant delete on learning.rating_changes to techcourse_loader;
insert into platform.shard_plan (table_name, class, distribution_column) values
  ('learning.course_ratings', 'reference', null), ('learning.rating_changes', 'student-keyed', 'student_id');

create function learning.count_rating() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op <> 'INSERT' then
    insert into learning.rating_changes (student_id, course_id, rating, change)
    values (old.student_id, old.course_id, old.rating, -1);
  end if;
  if tg_op <> 'DELETE' then
    insert into learning.rating_changes (student_id, course_id, rating, change)
    values (new.student_id, new.course_id, new.rating, 1);
  end if;
  return null;
end
$$;
comment on function learning.count_rating() is
  'Trigger: appends what a review adds to and takes from its course''s ratings, beside the same student.';
call platform.give_function('learning.count_rating()', 'techcourse_loader');
create trigger reviews_count_rating after insert or delete on learning.reviews
  for each row execute function learning.count_rating();
create trigger reviews_count_new_rating after update on learning.reviews
  for each row when (old.rating <> new.rating or old.course_id <> new.course_id) execute function learning.count_rating();

create function learning.roll_up_ratings() returns integer
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  courses integer;
begin
  -- one at a time; who comes second has nothing to do
  if not pg_try_advisory_xact_lock(hashtext('learning.roll_up_ratings')) then
    return 0;
  end if;
  insert into learning.course_ratings (course_id)
  select distinct c.course_id from learning.rating_changes c
  on conflict on constraint course_ratings_course_id_pkey do nothing;
  -- what is added to the totals is exactly what leaves the changes, in one statement
  with folded as (
    delete from learning.rating_changes c
     where c.course_id in (select r.course_id from learning.course_ratings r)
    returning c.course_id, c.rating, c.change)
  update learning.course_ratings r
     set stars_1 = r.stars_1 + f.stars_1, stars_2 = r.stars_2 + f.stars_2, stars_3 = r.stars_3 + f.stars_3,
         stars_4 = r.stars_4 + f.stars_4, stars_5 = r.stars_5 + f.stars_5, rolled_up_at = now()
    from (select course_id,
                 coalesce(sum(change) filter (where rating = 1), 0) as stars_1,
                 coalesce(sum(change) filter (where rating = 2), 0) as stars_2,
                 coalesce(sum(change) filter (where rating = 3), 0) as stars_3,
                 coalesce(sum(change) filter (where rating = 4), 0) as stars_4,
                 coalesce(sum(change) filter (where rating = 5), 0) as stars_5
            from folded group by course_id) f
   where r.course_id = f.course_id;
  get diagnostics courses = row_count;
  return courses;
end
$$;
comment on function learning.roll_up_ratings() is
  'Folds the open changes of the ratings into the totals, and says of how many courses; any node may call it at any time.';
call platform.give_function('learning.roll_up_ratings()', 'techcourse_loader');
grant execute on function learning.roll_up_ratings() to techcourse_app;

-- the reviews that are there already
set local role techcourse_loader;
insert into learning.course_ratings (course_id, stars_1, stars_2, stars_3, stars_4, stars_5)
select course_id, count(*) filter (where rating = 1), count(*) filter (where rating = 2), count(*) filter (where rating = 3),
       count(*) filter (where rating = 4), count(*) filter (where rating = 5)
  from learning.reviews group by course_id;
reset role;

-- A review has a name of its own, so that its author stays unnamed, and its course's instructor may answer it.
alter table learning.reviews
  add column id uuid not null default platform.uuid_v7(),
  add column reply text,
  add column replied_at timestamptz,
  add constraint reviews_reply_length_check check (length(btrim(reply)) between 1 and 2000),
  add constraint reviews_reply_has_a_time_check check ((reply is null) = (replied_at is null));

create function learning.reply_to_review(course_id uuid, review_id uuid, reply text) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  actor constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
begin
  if not (coalesce(current_setting('app.role', true), '') = 'instructor' and exists (
      select from catalog.courses c where c.id = reply_to_review.course_id and c.instructor_id = actor
      union all
      select from catalog.course_instructors i where i.course_id = reply_to_review.course_id and i.instructor_id = actor)) then
    return false;
  end if;
  update learning.reviews r
     set reply = reply_to_review.reply,
         replied_at = case when reply_to_review.reply is not null then clock_timestamp() end
   where r.course_id = reply_to_review.course_id and r.id = reply_to_review.review_id;
  return found;
end
$$;
comment on function learning.reply_to_review(uuid, uuid, text) is
  'Answers a review as an instructor of its course, or takes the answer back (null). False when there is no such review, or it is not the acting instructor''s.';
call platform.give_function('learning.reply_to_review(uuid,uuid,text)', 'techcourse_loader');
grant execute on function learning.reply_to_review(uuid, uuid, text) to techcourse_app;
