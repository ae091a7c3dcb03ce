-- Reviews as everyone reads them: with the first name and an initial of their author, never the whole name or the id.
-- Owned by techcourse_reader, not security_invoker: names of people are closed to visitors but for these letters.
create or replace view learning.public_reviews as
select r.id as review_id,
       r.course_id,
       r.rating,
       r.body,
       r.created_at,
       r.updated_at,
       r.reply,
       r.replied_at,
       case when u.status <> 'erased' then
         split_part(btrim(u.display_name), ' ', 1)
         || coalesce(' ' || left(nullif(substring(btrim(u.display_name) from '\s(\S+)$'), ''), 1) || '.', '') end as author
  from learning.reviews r
  join identity.users u on u.id = r.student_id;
comment on view learning.public_reviews is 'Reviews with an abbreviated author.';
call platform.give_view('learning.public_reviews', 'techcourse_reader');
grant select on learning.public_reviews to techcourse_app;
comment on column learning.public_reviews.review_id is 'The review.';
comment on column learning.public_reviews.course_id is 'The course that it is about.';
comment on column learning.public_reviews.rating is 'Stars, 1 to 5.';
comment on column learning.public_reviews.body is 'What was said; empty when only stars were given.';
comment on column learning.public_reviews.created_at is 'First written.';
comment on column learning.public_reviews.updated_at is 'Last changed.';
comment on column learning.public_reviews.reply is 'Answer of the course''s instructor; null when there is none.';
comment on column learning.public_reviews.replied_at is 'When the instructor answered; null when not.';
comment on column learning.public_reviews.author is 'First name and initial of the last name; null when the person was erased.';
