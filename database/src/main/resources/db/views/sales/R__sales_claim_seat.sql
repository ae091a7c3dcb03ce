-- A seat is taken by whoever has the code of its letter. Only a digest of the code is kept, and a code works once.
create or replace function sales.claim_seat(code text) returns jsonb
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  student constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  seat sales.seats;
begin
  if student is null or current_setting('app.role', true) <> 'student' then perform sales.refuse_order('nobody'); end if;
  -- of several at once the first has it; the same once more is answered the same
  select s.* into seat from sales.seats s
   where s.code_hash = sha256(convert_to(claim_seat.code, 'UTF8')) and (s.holder_id is null or s.holder_id = student) for update;
  if not found then
    raise exception 'The code leads nowhere, or was used.' using errcode = 'TC471',
      hint = 'Ask whoever gave it to you for another.', schema = 'sales', table = 'seats', column = 'code';
  end if;
  if seat.holder_id is null then
    if exists (select from learning.enrollments e where e.student_id = student and e.course_id = seat.course_id and e.ended_at is null)
      or exists (select from sales.course_holds h join sales.orders o on o.student_id = h.student_id and o.id = h.order_id
                  where h.student_id = student and h.course_id = seat.course_id and o.paid_at is not null)
      or exists (select from sales.seats s where s.course_id = seat.course_id and s.holder_id = student)
      or exists (select from catalog.courses c where c.id = seat.course_id and (c.instructor_id = student or student = any (c.editor_ids))) then
      raise exception 'You have the course % already.', seat.course_id using errcode = 'TC472',
        hint = 'Leave the seat to somebody else.', schema = 'sales', table = 'seats', column = 'code';
    end if;
    update sales.seats s set holder_id = student, held_at = clock_timestamp() where s.id = seat.id;
    insert into learning.enrollments as e (student_id, course_id, instructor_id, seat_id)
    select student, c.id, c.instructor_id, seat.id from catalog.courses c where c.id = seat.course_id
    on conflict on constraint enrollments_student_id_course_id_pkey do update
      set ended_at = null, end_reason = null, order_id = null, seat_id = excluded.seat_id where e.ended_at is not null;
    if not found then
      raise exception 'You have the course % already.', seat.course_id using errcode = 'TC472',
        hint = 'Leave the seat to somebody else.', schema = 'sales', table = 'seats', column = 'code';
    end if;
    insert into learning.events (student_id, kind, course_id) values (student, 'enrolled', seat.course_id);
  end if;
  return (select jsonb_build_object('seat_id', seat.id, 'course_id', c.id, 'course_slug', c.slug, 'course_title', c.title,
                                    'message', o.wish_details #>> '{gift,message}')
            from catalog.courses c, sales.orders o
           where c.id = seat.course_id and o.student_id = seat.buyer_id and o.id = seat.order_id);
end
$$;
comment on function sales.claim_seat(text) is
  'Gives the acting student the seat that a code is for, and enrols; repeated by the same student, it changes nothing. Errors: TC428 no student, TC471 no such code, TC472 has the course already.';
grant execute on function sales.claim_seat(text) to techcourse_app;
call platform.give_function('sales.claim_seat(text)', 'techcourse_loader');
