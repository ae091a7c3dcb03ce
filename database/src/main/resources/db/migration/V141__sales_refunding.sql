-- Giving money back: refunds by students and staff, chargebacks by banks, each posted by the database.
create or replace function sales.count_refund() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- the row locks make two refunds at once wait for each other; the checks then refuse the second
  update sales.payments p set refunded_amount = p.refunded_amount + new.amount
   where p.student_id = new.student_id and p.id = new.payment_id;
  update sales.order_lines l set refunded_amount = l.refunded_amount + new.amount
   where l.student_id = new.student_id and l.order_id = new.order_id and l.course_id = new.course_id;
  -- a line that is given back whole ends its enrolment; progress stays
  update learning.enrollments e set ended_at = greatest(new.refunded_at, e.enrolled_at), end_reason = 'refunded'
    from sales.order_lines l
   where l.student_id = new.student_id and l.order_id = new.order_id and l.course_id = new.course_id
     and l.refunded_amount = l.amount
     and e.student_id = new.student_id and e.course_id = new.course_id and e.order_id = new.order_id and e.ended_at is null;
  -- and the course may be bought again
  delete from sales.course_holds h using sales.order_lines l
   where l.student_id = new.student_id and l.order_id = new.order_id and l.course_id = new.course_id
     and l.refunded_amount = l.amount
     and h.student_id = l.student_id and h.order_id = l.order_id and h.course_id = l.course_id;
  return null;
end
$$;
comment on function sales.count_refund() is
  'Trigger: counts a refund on its payment and line (never more than paid), and ends the enrolment of a line given back whole.';

create function sales.post_refund() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- each gives back of what it still has of the line, so that a whole refund is exact to the cent
  with moved as (
    select a.kind, a.instructor_id, e.amount from sales.ledger_entries e
      join sales.ledger_accounts a on a.id = e.credit_account_id
     where e.transaction_id = new.payment_id and e.kind = 'sale' and e.course_id = new.course_id
    union all
    select case a.kind when 'instructor_payable' then 'instructor_earned' else a.kind end, a.instructor_id, -e.amount
      from sales.refunds r
      join sales.ledger_entries e on e.transaction_id = r.id and e.kind in ('refund', 'chargeback')
      join sales.ledger_accounts a on a.id = e.debit_account_id and a.kind <> 'student_refunds'
     where r.student_id = new.student_id and r.order_id = new.order_id and r.course_id = new.course_id and r.id <> new.id
  ), remaining as (
    select m.kind, m.instructor_id, sum(m.amount) as amount from moved m group by m.kind, m.instructor_id having sum(m.amount) > 0
  ), parties as (
    select array_agg(r.kind order by r.kind, r.instructor_id) as kinds, array_agg(r.instructor_id order by r.kind, r.instructor_id) as instructors,
           sales.allocate(new.amount, array_agg(r.amount order by r.kind, r.instructor_id)) as amounts
      from remaining r
  )
  insert into sales.ledger_entries (id, transaction_id, posted_at, business_day, kind, debit_account_id, credit_account_id,
                                    amount, currency, student_id, order_id, course_id, refund_id)
  select platform.uuid_v7_of(new.refunded_at, 'refund.' || new.id || p.kind || coalesce(p.instructor_id::text, '')),
         new.id, new.refunded_at, new.business_day, case new.kind when 'chargeback' then 'chargeback' else 'refund' end,
         sales.ledger_account(case when p.kind = 'instructor_earned' and exists (
             select from sales.ledger_entries e join sales.ledger_accounts a on a.id = e.debit_account_id
              where e.transaction_id = new.payment_id and e.kind = 'release' and e.course_id = new.course_id and a.instructor_id = p.instructor_id)
           then 'instructor_payable' else p.kind end, p.instructor_id, new.currency),
         sales.ledger_account('student_refunds', null, new.currency), p.amount, new.currency, new.student_id, new.order_id, new.course_id, new.id
    from parties, unnest(parties.kinds, parties.instructors, parties.amounts) p (kind, instructor_id, amount)
   where p.amount > 0;
  if not found then
    raise exception 'The sale that the refund % gives back is not in the books.', new.id using errcode = 'TC432',
      hint = 'Look with reporting.books_differences().', schema = 'sales', table = 'ledger_entries';
  end if;
  return null;
end
$$;
comment on function sales.post_refund() is
  'Trigger: posts a refund, taken from whoever has earned of the line, in the parts that are left; from instructor_payable once the line is released. Error: TC432 no sale to give back.';
call platform.give_function('sales.post_refund()', 'techcourse_loader');
create trigger refunds_post after insert on sales.refunds for each row execute function sales.post_refund();
