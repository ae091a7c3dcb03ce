-- What is on sale: courses in the order of their popularity (the k-th sells about 1/k^0.8 as often as the first).
create temp table offer on commit drop as
select ranked.*,
       sum(ranked.weight) over (partition by ranked.free order by ranked.rank)
         / sum(ranked.weight) over (partition by ranked.free) as cumulative_weight,
       row_number() over (partition by ranked.free order by ranked.rank) as offer_no
  from (select p.*, p.first_price = 0 as free, p.rank ^ -0.8 as weight
          from (select c.*, row_number() over (order by array_position(array[
                         'python-for-everyday-work', 'sql-from-zero', 'java-from-the-first-line', 'machine-learning-foundations',
                         'sourdough-bread-at-home', 'probability-and-statistics', 'accessible-web-design', 'spanish-verbs-made-clear',
                         'project-management-for-small-teams', 'deutsch-fuer-den-beruf'], c.slug), pg_temp.draw('popularity.' || c.slug)) as rank
                  from course_plan c where c.status = 'published') p) ranked;
analyze offer;

-- Orders: more from month to month, more at the end of the week, a little noise.
create temp table order_draft on commit drop as
with trading_days as (
  select d.day,
         round((18 + 14 * d.n / 89.0)
           * (array[0.95, 1.00, 0.98, 0.92, 0.86, 1.15, 1.32])[extract(isodow from d.day)::int]
           * (0.85 + 0.30 * pg_temp.draw('trade.' || d.n)))::int as orders,
         (select max(s.n) from student s where s.signed_up_on < d.day) as students
    from clock, lateral (select clock.first_trading_day + n as day, n from generate_series(0, 89) n) d
), numbered as (
  select t.day, t.students, 'order.' || row_number() over (order by t.day, k) as key,
         row_number() over (order by t.day, k) as order_no
    from trading_days t, generate_series(1, t.orders) k
)
select o.order_no, o.key, o.day, pg_temp.moment(o.day, o.key) as placed_at,
       case when o.order_no % 260 = 7 then 1 -- the demo student buys now and then
         -- half of the buyers are newcomers
         when pg_temp.draw(o.key || '.newcomer') < 0.5
           then o.students - floor(o.students * 0.18 * pg_temp.draw(o.key || '.buyer'))::int
         else 1 + floor(o.students * pg_temp.draw(o.key || '.buyer'))::int end as student_no,
       1 + (pg_temp.draw(o.key || '.lines') > 0.70)::int + (pg_temp.draw(o.key || '.lines') > 0.91)::int as lines,
       -- some pay on the second try, a few never
       case when pg_temp.draw(o.key || '.outcome') < 0.018 then 'abandoned'
         when pg_temp.draw(o.key || '.outcome') < 0.045 then 'second_try' else 'paid' end as outcome
  from numbered o;

create temp table line_draft on commit drop as
with wanted as (
  select o.order_no, o.student_no, o.placed_at, o.outcome, f.id as course_id, f.course_no, f.instructor_id, f.currency, p.price, line,
         first_value(f.currency) over (partition by o.order_no order by line) as order_currency
    from order_draft o
    cross join lateral generate_series(1, o.lines) line
    join offer f on not f.free
     and f.offer_no = 1 + width_bucket(pg_temp.draw(o.key || '.course.' || line),
       (select array_agg(w.cumulative_weight::double precision order by w.offer_no) from offer w where not w.free))
    join price_period p on p.course_id = f.id and o.placed_at >= p.valid_from and o.placed_at < p.valid_until
   where o.placed_at >= f.published_at
)
-- a course is bought once, and an order has one currency
select distinct on (w.student_no, w.course_id, w.outcome = 'abandoned')
       w.order_no, w.student_no, w.placed_at, w.outcome, w.course_id, w.course_no, w.instructor_id, w.currency, w.price as list_price
  from wanted w
 where w.currency = w.order_currency
 order by w.student_no, w.course_id, w.outcome = 'abandoned', w.placed_at, w.order_no, w.line;
analyze line_draft;

create temp table order_plan on commit drop as
select o.order_no, o.key, s.id as student_id, o.student_no, s.country, o.outcome, o.placed_at,
       platform.uuid_v7_of(o.placed_at, 'academy.' || o.key) as id,
       -- a card is charged within seconds; the second try takes some minutes
       o.placed_at + make_interval(secs => 4 + floor(40 * pg_temp.draw(o.key || '.capture'))
         + case o.outcome when 'second_try' then 60 + floor(400 * pg_temp.draw(o.key || '.again')) else 0 end) as captured_at,
       l.currency,
       row_number() over (partition by o.student_no, o.outcome = 'abandoned' order by o.placed_at, o.order_no) = 1 as first_purchase
  from order_draft o
  join (select order_no, min(currency) as currency from line_draft group by order_no) l using (order_no)
  join student s on s.n = o.student_no;
alter table order_plan add primary key (order_no);
analyze order_plan;
