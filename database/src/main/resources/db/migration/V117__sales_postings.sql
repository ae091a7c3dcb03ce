-- Every captured payment enrols and posts, every refund posts: by triggers, so that no writer can forget it.
create function sales.allocate(amount numeric, weights numeric[]) returns numeric[]
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
begin atomic
  with shares as (
    select w.n, div(amount * 100 * w.weight, t.whole) as cents, mod(amount * 100 * w.weight, t.whole) as remainder
      from unnest(weights) with ordinality w (weight, n)
     cross join (select nullif(sum(weight), 0) as whole from unnest(weights) weight) t
  ), left_over as (
    select amount * 100 - sum(cents) as cents from shares
  )
  select array_agg(((coalesce(r.cents, 0) + case when r.place <= left_over.cents then 1 else 0 end) / 100.00)::numeric(14, 2) order by r.n)
    from (select s.*, row_number() over (order by s.remainder desc, s.n) as place from shares s) r, left_over;
end;
comment on function sales.allocate(numeric, numeric[]) is
  'Splits an amount by weights into whole cents that add up to it: the largest remainder method (Hamilton), ties to the first. Weights are not negative and not all 0.';

grant execute on function sales.allocate(numeric, numeric[]) to techcourse_loader, techcourse_reader, techcourse_app;

create function sales.ledger_account(kind text, instructor uuid, currency text) returns uuid
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  account uuid;
begin
  loop
    select a.id into account from sales.ledger_accounts a
     where a.kind = ledger_account.kind and a.currency = ledger_account.currency
       and (a.instructor_id = ledger_account.instructor or a.instructor_id is null and ledger_account.instructor is null);
    exit when found;
    insert into sales.ledger_accounts (id, kind, instructor_id, currency)
    values (platform.uuid_v7_of('2026-01-01 00:00+00', 'account.' || kind || coalesce('.' || instructor, '') || '.' || currency),
            ledger_account.kind, ledger_account.instructor, ledger_account.currency)
    on conflict on constraint ledger_accounts_kind_instructor_id_currency_key do nothing;
  end loop;
  return account;
end
$$;
comment on function sales.ledger_account(text, uuid, text) is
  'The account of a kind, instructor (null for those of the academy) and currency; opened when it is missing.';

create function sales.line_parts(student_id uuid, order_id uuid)
  returns table (course_id uuid, kind text, instructor_id uuid, amount numeric, currency text)
  language sql stable set search_path = pg_catalog, pg_temp
begin atomic
  with parties as (
    select l.course_id, l.currency, l.amount - l.tax_amount as net, 1 as n, 'instructor_earned' as kind, l.instructor_id,
           l.instructor_share * (100 - coalesce((select sum(s.share_percent) from sales.line_shares s
              where s.student_id = l.student_id and s.order_id = l.order_id and s.course_id = l.course_id), 0)) as weight
      from sales.order_lines l
     where l.student_id = line_parts.student_id and l.order_id = line_parts.order_id
    union all
    select l.course_id, l.currency, l.amount - l.tax_amount, 2, 'instructor_earned', s.instructor_id, l.instructor_share * s.share_percent
      from sales.order_lines l
      join sales.line_shares s on s.student_id = l.student_id and s.order_id = l.order_id and s.course_id = l.course_id
     where l.student_id = line_parts.student_id and l.order_id = line_parts.order_id
    union all
    select l.course_id, l.currency, l.amount - l.tax_amount, 3, 'platform_revenue', null, (1 - l.instructor_share) * 100
      from sales.order_lines l
     where l.student_id = line_parts.student_id and l.order_id = line_parts.order_id
  ), lines as (
    select p.course_id, p.currency, array_agg(p.kind order by p.n, p.instructor_id) as kinds,
           array_agg(p.instructor_id order by p.n, p.instructor_id) as instructors,
           sales.allocate(min(p.net), array_agg(p.weight order by p.n, p.instructor_id)) as amounts
      from parties p group by p.course_id, p.currency
  )
  select l.course_id, a.kind, a.instructor_id, a.amount, l.currency::text
    from lines l cross join lateral unnest(l.kinds, l.instructors, l.amounts) a (kind, instructor_id, amount)
   where a.amount > 0
  union all
  select l.course_id, 'taxes', null, l.tax_amount, l.currency::text
    from sales.order_lines l
   where l.student_id = line_parts.student_id and l.order_id = line_parts.order_id and l.tax_amount > 0;
end;
comment on function sales.line_parts(uuid, uuid) is
  'Who gets what of each line of an order: the lead, further instructors, the academy, the taxes; together what is paid.';

alter table sales.ledger_entries drop constraint ledger_entries_kind_check;
alter table sales.ledger_entries add constraint ledger_entries_kind_check check (kind in
  ('sale', 'refund', 'chargeback', 'surplus', 'release', 'payout', 'fee', 'tax', 'correction'));

create function sales.settle_payment() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  purpose text;
  clearing uuid;
  missing uuid;
begin
  update sales.orders o set paid_at = new.captured_at
   where o.student_id = new.student_id and o.id = new.order_id
  returning o.purpose into purpose;
  if purpose = 'self' then
    insert into sales.course_holds (student_id, course_id, order_id)
    select l.student_id, l.course_id, l.order_id from sales.order_lines l
     where l.student_id = new.student_id and l.order_id = new.order_id
       and not exists (select from sales.course_holds h
                        where h.student_id = l.student_id and h.course_id = l.course_id and h.order_id = l.order_id);
    insert into learning.enrollments as e (student_id, course_id, instructor_id, order_id, enrolled_at)
    select l.student_id, l.course_id, l.instructor_id, l.order_id, new.captured_at from sales.order_lines l
     where l.student_id = new.student_id and l.order_id = new.order_id
    on conflict on constraint enrollments_student_id_course_id_pkey do update
      set ended_at = null, end_reason = null, order_id = excluded.order_id
      where e.ended_at is not null;
    select l.course_id into missing from sales.order_lines l
     where l.student_id = new.student_id and l.order_id = new.order_id
       and not exists (select from learning.enrollments e where e.student_id = l.student_id and e.course_id = l.course_id
                          and e.order_id = l.order_id and e.ended_at is null);
    if found then
      raise exception 'The course % is taken already.', missing using errcode = 'TC419',
        hint = 'Give the money back.', schema = 'sales', table = 'payments';
    end if;
  end if;
  if new.amount > 0 then
    clearing := sales.ledger_account('gateway_clearing', null, new.currency);
    -- the key is made of what is posted, so that nothing is posted twice
    insert into sales.ledger_entries (id, transaction_id, posted_at, business_day, kind, debit_account_id, credit_account_id,
                                      amount, currency, student_id, order_id, course_id)
    select platform.uuid_v7_of(new.captured_at, 'sale.' || new.id || p.course_id || p.kind || coalesce(p.instructor_id::text, '')),
           new.id, new.captured_at, new.business_day, 'sale', clearing,
           sales.ledger_account(p.kind, p.instructor_id, new.currency), p.amount, new.currency, new.student_id, new.order_id, p.course_id
      from sales.line_parts(new.student_id, new.order_id) p;
  end if;
  return null;
end
$$;
comment on function sales.settle_payment() is
  'Trigger: a captured payment enrols its student in the courses of the order and posts the sale, as docs/ledger.md tells. Error: TC419 a course is taken already.';
create trigger payments_settle_new after insert on sales.payments
  for each row when (new.status = 'captured') execute function sales.settle_payment();
create trigger payments_settle after update on sales.payments
  for each row when (new.status = 'captured' and old.status <> 'captured') execute function sales.settle_payment();
do $$
declare
  target regprocedure;
begin
  foreach target in array array['sales.ledger_account(text,uuid,text)', 'sales.line_parts(uuid,uuid)',
    'sales.settle_payment()']::regprocedure[] loop
    call platform.give_function(target, 'techcourse_loader');
  end loop;
end
$$;
