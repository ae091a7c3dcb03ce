-- Ratings of courses at this moment: the totals of the last roll-up and what has changed since.
-- Owned by techcourse_reader, not security_invoker: everything in it is public, and it names nobody.
create or replace view learning.current_ratings as
select r.course_id,
       sum(r.stars_1 + r.stars_2 + r.stars_3 + r.stars_4 + r.stars_5)::integer as ratings,
       round(sum(r.stars_1 + 2 * r.stars_2 + 3 * r.stars_3 + 4 * r.stars_4 + 5 * r.stars_5)::numeric
             / sum(r.stars_1 + r.stars_2 + r.stars_3 + r.stars_4 + r.stars_5), 4) as average,
       sum(r.stars_1)::integer as stars_1,
       sum(r.stars_2)::integer as stars_2,
       sum(r.stars_3)::integer as stars_3,
       sum(r.stars_4)::integer as stars_4,
       sum(r.stars_5)::integer as stars_5
  from (select t.course_id, t.stars_1, t.stars_2, t.stars_3, t.stars_4, t.stars_5 from learning.course_ratings t
        union all
        select c.course_id,
               case when c.rating = 1 then c.change else 0 end, case when c.rating = 2 then c.change else 0 end,
               case when c.rating = 3 then c.change else 0 end, case when c.rating = 4 then c.change else 0 end,
               case when c.rating = 5 then c.change else 0 end
          from learning.rating_changes c) r
 group by r.course_id
having sum(r.stars_1 + r.stars_2 + r.stars_3 + r.stars_4 + r.stars_5) > 0;
comment on view learning.current_ratings is
  'How courses are rated, exact at the moment of reading; a course without ratings has no row.';
call platform.give_view('learning.current_ratings', 'techcourse_reader');
grant select on learning.current_ratings to techcourse_app;
comment on column learning.current_ratings.course_id is 'The course.';
comment on column learning.current_ratings.ratings is 'How many rated it.';
comment on column learning.current_ratings.average is 'Stars on average, 1 to 5, four decimals.';
comment on column learning.current_ratings.stars_1 is 'How many gave one star.';
comment on column learning.current_ratings.stars_2 is 'How many gave two stars.';
comment on column learning.current_ratings.stars_3 is 'How many gave three stars.';
comment on column learning.current_ratings.stars_4 is 'How many gave four stars.';
comment on column learning.current_ratings.stars_5 is 'How many gave five stars.';
