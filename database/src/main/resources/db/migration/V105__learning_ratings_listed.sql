-- The roll-up of the ratings brings them to the catalogue too, whose best rated courses come out of an index.
create or replace function learning.roll_up_ratings() returns integer
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
  if courses = 0 then
    return 0;
  end if;
  update catalog.listings l
     set average = coalesce(round(r.stars_total::numeric / nullif(r.ratings, 0), 4), 0), ratings = r.ratings
    from learning.course_ratings r
   where r.course_id = l.course_id and r.rolled_up_at = now()
     and (l.ratings <> r.ratings or l.average <> coalesce(round(r.stars_total::numeric / nullif(r.ratings, 0), 4), 0));
  return courses;
end
$$;
comment on function learning.roll_up_ratings() is
  'Folds the open changes of the ratings into the totals and the listings of the catalogue, and says of how many courses; any node may call it at any time.';
