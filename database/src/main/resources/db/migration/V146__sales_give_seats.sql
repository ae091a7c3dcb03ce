-- Seats from the capture to their holders: made by a trigger, offered by letter, claimed by whoever has the letter's code,
-- taken back a limited number of times, revoked with the money.
create function sales.offer_seat(seat uuid, address text) returns void
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  code constant text := sales.new_code();
begin
  update sales.seats s
     set recipient_email = btrim(address)::extensions.citext, code_hash = sha256(convert_to(code, 'UTF8')), letters = s.letters + 1
   where s.id = seat;
  perform identity.queue_mail(null, btrim(address), 'seat-offered-' || s.kind, u.locale, jsonb_strip_nulls(jsonb_build_object(
      'link', '/seats/' || code, 'from', coalesce(g.name, u.display_name), 'what', c.title,
      -- marked as somebody else's words
      'message', regexp_replace(nullif(btrim(o.wish_details #>> '{gift,message}'), ''), '^', '> ', 'gn'))))
    from sales.seats s
    join identity.users u on u.id = s.buyer_id
    join catalog.courses c on c.id = s.course_id
    join sales.orders o on o.student_id = s.buyer_id and o.id = s.order_id
    left join sales.organisations g on g.id = s.organisation_id
   where s.id = seat;
end
$$;
comment on function sales.offer_seat(uuid, text) is
  'Writes a letter with the code that claims a seat; an earlier code ends. For the functions of this room.';

create function sales.vacate_seat(seat uuid, reason text) returns void
  language sql volatile set search_path = pg_catalog, pg_temp
begin atomic
  -- who bought the course meanwhile keeps it
  update learning.enrollments e
     set seat_id = null, ended_at = case when e.order_id is null then coalesce(e.ended_at, greatest(clock_timestamp(), e.enrolled_at)) else e.ended_at end,
         end_reason = case when e.order_id is null then coalesce(e.end_reason, vacate_seat.reason) else e.end_reason end
    from sales.seats s
   where s.id = vacate_seat.seat and e.student_id = s.holder_id and e.course_id = s.course_id and e.seat_id = s.id;
  update sales.seats s
     set holder_id = null, held_at = null, code_hash = null, recipient_email = null,
         moves = s.moves + case when s.holder_id is not null then 1 else 0 end
   where s.id = vacate_seat.seat;
end;
comment on function sales.vacate_seat(uuid, text) is
  'Ends the enrolment on a seat, keeping progress, and every code for it. For the functions of this room.';

create function sales.make_seats() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into sales.seats (kind, organisation_id, manager_ids, buyer_id, order_id, course_id, seat_no)
  select new.purpose, new.organisation_id, coalesce(g.manager_ids, '{}'), l.student_id, l.order_id, l.course_id, n
    from sales.order_lines l
   cross join generate_series(1, l.quantity) n
    left join sales.organisations g on g.id = new.organisation_id
   where l.student_id = new.student_id and l.order_id = new.id
   order by l.course_id, n;
  perform sales.offer_seat(s.id, new.wish_details #>> '{gift,recipient_email}')
     from sales.seats s
    where s.buyer_id = new.student_id and s.order_id = new.id and new.wish_details #>> '{gift,recipient_email}' is not null;
  return null;
end
$$;
comment on function sales.make_seats() is
  'Trigger: an order for others that is paid makes its seats, and offers those of a gift.';
create trigger orders_make_seats after update of paid_at on sales.orders
  for each row when (new.purpose <> 'self' and old.paid_at is null and new.paid_at is not null) execute function sales.make_seats();

create function sales.revoke_seats() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  seat record;
begin
  for seat in
    select s.id, s.holder_id from sales.seats s
      join sales.order_lines l on l.student_id = s.buyer_id and l.order_id = s.order_id and l.course_id = s.course_id
     where s.buyer_id = new.student_id and s.order_id = new.order_id and s.course_id = new.course_id
       and l.refunded_amount = l.amount and s.revoked_at is null
     order by s.id for update of s
  loop
    if new.kind = 'student' and seat.holder_id is not null then
      raise exception 'The seat % is somebody''s now.', seat.id using errcode = 'TC474',
        hint = 'What was given and taken is given back by the staff of the academy.', schema = 'sales', table = 'seats';
    end if;
    perform sales.vacate_seat(seat.id, 'refunded');
    update sales.seats s set revoked_at = clock_timestamp() where s.id = seat.id;
  end loop;
  return null;
end
$$;
comment on function sales.revoke_seats() is
  'Trigger: a line that is given back whole ends its seats and the enrolments on them; progress stays. Error: TC474 a student takes back what somebody accepted.';
create trigger refunds_revoke_seats after insert on sales.refunds for each row execute function sales.revoke_seats();

create function sales.own_seat(seat_id uuid) returns sales.seats
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  caller constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  seat sales.seats;
begin
  select s.* into seat from sales.seats s
   where s.id = own_seat.seat_id and (s.kind = 'gift' and s.buyer_id = caller or caller = any (s.manager_ids)) for update;
  if seat.revoked_at is not null then
    raise exception 'The seat % was given back.', seat.id using errcode = 'TC470',
      hint = 'Buy another.', schema = 'sales', table = 'seats';
  end if;
  return seat;
end
$$;
comment on function sales.own_seat(uuid) is
  'A seat that the acting person gives, held for a change; nulls when there is none. For the functions of this room. Error: TC470 given back.';

create function sales.assign_seat(seat_id uuid, address text) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  seat constant sales.seats := sales.own_seat(seat_id);
begin
  if seat.id is null then
    return false;
  end if;
  if seat.kind = 'gift' and seat.holder_id is not null then
    raise exception 'The gift % was accepted.', seat.id using errcode = 'TC474',
      hint = 'It belongs to whoever has it.', schema = 'sales', table = 'seats';
  end if;
  if seat.holder_id is not null and seat.moves >= (select (s.value #>> '{}')::integer from platform.settings s where s.name = 'seat_moves') then
    raise exception 'The seat % was moved % times, as often as it may be.', seat.id, seat.moves using errcode = 'TC473',
      hint = 'Leave it to its holder, or buy another.', schema = 'sales', table = 'seats', column = 'moves';
  end if;
  perform sales.vacate_seat(seat.id, 'removed');
  if address is not null then
    perform sales.offer_seat(seat.id, address);
  end if;
  return true;
end
$$;
comment on function sales.assign_seat(uuid, text) is
  'Takes a seat from its holder, if any, and offers it to an address, if any, by letter; false when there is no such seat of the acting person. Errors: TC470 given back, TC473 moved too often, TC474 a gift that was accepted.';

create function sales.send_seat_again(seat_id uuid) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  seat constant sales.seats := sales.own_seat(seat_id);
begin
  if seat.id is not null and seat.state <> 'offered' then
    raise exception 'The seat % is not on offer.', seat.id using errcode = 'TC475',
      hint = 'Offer it to somebody first.', schema = 'sales', table = 'seats';
  end if;
  perform sales.offer_seat(seat.id, seat.recipient_email::text) where seat.id is not null;
  return seat.id is not null;
end
$$;
comment on function sales.send_seat_again(uuid) is
  'Sends the letter of an offered seat again, with a new code; false when there is no such seat of the acting person. Errors: TC470 given back, TC475 not on offer.';
