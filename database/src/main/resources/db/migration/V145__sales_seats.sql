-- Seats: what a gift or a team order buys, in place of enrolments of its buyer. An enrolment on a seat is its holder's, by
-- a foreign key, so N seats are never more than N enrolments.
alter table platform.settings disable trigger settings_audit;
insert into platform.settings (name, value, description) values
  ('seat_moves', '2', 'How often a seat of a team may be taken from its holder and given to another (0 to 100).');
alter table platform.settings enable always trigger settings_audit;
alter table platform.settings add constraint settings_seat_moves_check check (
  case when name <> 'seat_moves' then true
       when jsonb_typeof(value) = 'number' and value #>> '{}' ~ '^[0-9]{1,3}$' then (value #>> '{}')::integer <= 100 else false end);

alter table sales.orders
  add column organisation_id uuid,
  add constraint orders_organisation_id_fkey foreign key (organisation_id) references sales.organisations (id) on delete restrict;
create index orders_organisation_id_idx on sales.orders (organisation_id) where organisation_id is not null;
-- the few orders that are for others: the check of the books and erasure ask for them
create index orders_for_others_idx on sales.orders (purpose, placed_at) where purpose <> 'self';
create index orders_gift_recipient_idx on sales.orders (lower(wish_details #>> '{gift,recipient_email}')) where purpose = 'gift';

create table sales.seats (
  id uuid not null default platform.uuid_v7(),
  kind text not null,
  organisation_id uuid,
  manager_ids uuid[] not null default '{}',
  buyer_id uuid not null,
  order_id uuid not null,
  course_id uuid not null,
  seat_no integer not null,
  recipient_email extensions.citext,
  code_hash bytea,
  holder_id uuid,
  held_at timestamptz,
  moves integer not null default 0,
  letters integer not null default 0,
  revoked_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  state text not null generated always as (case when revoked_at is not null then 'revoked' when holder_id is not null then 'held'
                                                when code_hash is not null then 'offered' else 'free' end) stored,
  constraint seats_id_pkey primary key (id),
  constraint seats_line_seat_no_key unique (buyer_id, order_id, course_id, seat_no),
  -- what an enrolment stands on
  constraint seats_id_course_id_holder_id_key unique (id, course_id, holder_id),
  constraint seats_code_hash_key unique (code_hash),
  constraint seats_buyer_id_fkey foreign key (buyer_id) references identity.users (id) on delete restrict,
  constraint seats_holder_id_fkey foreign key (holder_id) references identity.users (id) on delete restrict,
  constraint seats_course_id_fkey foreign key (course_id) references catalog.courses (id) on delete restrict,
  constraint seats_organisation_id_manager_ids_fkey foreign key (organisation_id, manager_ids)
    references sales.organisations (id, manager_ids) on update cascade on delete restrict,
  constraint seats_kind_check check (kind in ('gift', 'team')),
  constraint seats_team_has_an_organisation_check check ((kind = 'team') = (organisation_id is not null)),
  constraint seats_seat_no_check check (seat_no between 1 and 1000),
  constraint seats_recipient_looks_like_an_address_check
    check (recipient_email::text ~ '^[^@[:space:]]+@[^@[:space:]]+$' and length(recipient_email::text) <= 254),
  constraint seats_code_hash_length_check check (length(code_hash) = 32),
  constraint seats_held_since_a_time_check check ((holder_id is null) = (held_at is null)),
  constraint seats_moves_not_negative_check check (moves >= 0),
  -- a seat is no way to write letters to everybody
  constraint seats_at_most_20_letters_check check (letters between 0 and 20),
  constraint seats_revoked_is_nobodys_check check (revoked_at is null or holder_id is null and code_hash is null)
);
comment on table sales.seats is
  'Places in courses that somebody bought for others, each with one holder at a time. Shard class: reference.';
-- a person has one seat in a course
create unique index seats_one_for_a_holder_key on sales.seats (course_id, holder_id) where holder_id is not null;
create index seats_holder_id_idx on sales.seats (holder_id) where holder_id is not null;
create index seats_course_id_idx on sales.seats (course_id);
create index seats_organisation_id_manager_ids_idx on sales.seats (organisation_id, manager_ids) where organisation_id is not null;
-- the seats of an organisation, newest first
create index seats_organisation_id_id_idx on sales.seats (organisation_id, id) where organisation_id is not null;
-- erasure asks for what is offered to an address
create index seats_recipient_email_idx on sales.seats (recipient_email) where recipient_email is not null;
call platform.protect('sales.seats');
grant select (id, kind, organisation_id, buyer_id, order_id, course_id, seat_no, recipient_email, held_at, moves, letters, revoked_at,
              created_at, state) on sales.seats to techcourse_app;
create policy seats_buyer_or_manager_reads_policy on sales.seats for select to techcourse_app
  using (kind = 'gift' and buyer_id = nullif(current_setting('app.user_id', true), '')::uuid
    or nullif(current_setting('app.user_id', true), '')::uuid = any (manager_ids));
insert into platform.shard_plan (table_name, class) values ('sales.seats', 'reference');
call audit.watch('sales.seats', 'id', 'holder_id,moves,revoked_at', false);

alter table learning.enrollments
  add column seat_id uuid,
  add constraint enrollments_seat_fkey foreign key (seat_id, course_id, student_id)
    references sales.seats (id, course_id, holder_id) on delete restrict;
create index enrollments_seat_idx on learning.enrollments (seat_id, course_id, student_id) where seat_id is not null;

create or replace function learning.check_entitlement() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  course record;
begin
  select c.instructor_id, c.status, c.price, c.currency into course from catalog.courses c where c.id = new.course_id;
  -- a seat was paid for while the course was on sale, and outlives that
  if not found or course.status <> 'published' and (new.seat_id is null or course.status = 'draft') then
    raise exception 'The course % is not open for enrolment.', new.course_id using errcode = 'TC301',
      hint = 'Enrol in a published course.', schema = 'learning', table = 'enrollments';
  end if;
  new.instructor_id := course.instructor_id;
  if new.seat_id is not null then
    -- enrollments_seat_fkey says whose the seat is; one that was given back is nobody's
    return new;
  end if;
  if new.order_id is null then
    if course.price > 0 then
      raise exception 'The course % costs % %, and no payment was given.', new.course_id, course.price, course.currency
        using errcode = 'TC302', hint = 'Buy the course; the enrolment follows from the captured payment.',
              schema = 'learning', table = 'enrollments';
    end if;
    return new;
  end if;
  -- the payment is held still, so that a refund at the same moment waits and then ends this enrolment
  perform from sales.payments p
    where p.student_id = new.student_id and p.order_id = new.order_id and p.status = 'captured'
    for share;
  if not found or not exists (
      select from sales.order_lines l
        -- what was bought for others enrols nobody by itself
        join sales.orders o on o.student_id = l.student_id and o.id = l.order_id and o.purpose = 'self'
       where l.student_id = new.student_id and l.order_id = new.order_id and l.course_id = new.course_id
         and (l.refunded_amount < l.amount or l.amount = 0)) then
    raise exception 'The order % holds no captured payment for the course %.', new.order_id, new.course_id
      using errcode = 'TC303', hint = 'Capture the payment first, in the same transaction.',
            schema = 'learning', table = 'enrollments';
  end if;
  return new;
end
$$;
comment on function learning.check_entitlement() is
  'Trigger: an enrolment needs a published course (TC301) and either a seat of its student, or price 0 (TC302), or a captured, not refunded payment (TC303).';
drop trigger enrollments_check_new_entitlement on learning.enrollments;
create trigger enrollments_check_new_entitlement before update on learning.enrollments
  for each row when (old.ended_at is not null and new.ended_at is null
    or new.ended_at is null and new.seat_id is distinct from old.seat_id
    or new.order_id is distinct from old.order_id or new.course_id <> old.course_id or new.student_id <> old.student_id)
  execute function learning.check_entitlement();
