-- Taking a slot of a coupon, at any number of checkouts at once: never past the limit, and without a queue.
-- A redemption looks for a slot that nobody is taking in this moment (advisory locks); only when all that are left
-- are being taken does it wait for them, so that nobody is refused while a slot may still come free.

-- Below this number every slot has been given out, so nobody looks there again; moved on by whoever comes by.
create table sales.coupon_watermarks (
  coupon_id uuid not null,
  dense_up_to integer not null,
  constraint coupon_watermarks_coupon_id_pkey primary key (coupon_id),
  constraint coupon_watermarks_coupon_id_fkey foreign key (coupon_id) references sales.coupons (id) on delete cascade,
  constraint coupon_watermarks_not_negative_check check (dense_up_to >= 0)
);
comment on table sales.coupon_watermarks is
  'How many slots of a coupon are given out without a gap: where the search for a free one begins. Shard class: reference.';

create table sales.coupon_returned_slots (
  coupon_id uuid not null,
  slot_no integer not null,
  constraint coupon_returned_slots_coupon_id_slot_no_pkey primary key (coupon_id, slot_no),
  constraint coupon_returned_slots_coupon_id_fkey foreign key (coupon_id) references sales.coupons (id) on delete cascade
);
comment on table sales.coupon_returned_slots is
  'Slots of a coupon that were given out and came back; they are given out again first. Shard class: reference.';

-- a redemption has its slot, and a discount has its redemption: no way around the count
alter table sales.coupon_redemptions add constraint coupon_redemptions_slot_fkey
  foreign key (coupon_id, order_id) references sales.coupon_slots (coupon_id, order_id) on delete restrict;
create index coupon_redemptions_slot_idx on sales.coupon_redemptions (coupon_id, order_id);
alter table sales.order_lines add constraint order_lines_redemption_fkey
  foreign key (student_id, order_id, coupon_id)
  references sales.coupon_redemptions (student_id, order_id, coupon_id) on delete restrict;
create index order_lines_redemption_idx on sales.order_lines (student_id, order_id, coupon_id) where coupon_id is not null;

create function sales.return_coupon_slot() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into sales.coupon_returned_slots (coupon_id, slot_no) values (old.coupon_id, old.slot_no) on conflict do nothing;
  return null;
end
$$;
comment on function sales.return_coupon_slot() is 'Trigger: keeps the number of a slot that came back, to be given out again.';
create trigger coupon_slots_return after delete on sales.coupon_slots
  for each row execute function sales.return_coupon_slot();

create function sales.take_returned_slot(coupon uuid, up_to integer, patient boolean) returns integer
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  slot integer;
begin
  if patient then
    select r.slot_no into slot from sales.coupon_returned_slots r
     where r.coupon_id = coupon and r.slot_no <= up_to order by r.slot_no limit 1 for update;
  else
    select r.slot_no into slot from sales.coupon_returned_slots r
     where r.coupon_id = coupon and r.slot_no <= up_to order by r.slot_no limit 1 for update skip locked;
  end if;
  delete from sales.coupon_returned_slots r where r.coupon_id = coupon and r.slot_no = slot;
  return slot;
end
$$;
comment on function sales.take_returned_slot(uuid, integer, boolean) is
  'A slot of a coupon that came back, or null; the patient wait for those that others are taking.';

create function sales.give_out_slot(coupon sales.coupons, slot integer, student uuid, for_order uuid) returns boolean
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  insert into sales.coupon_slots (coupon_id, slot_no, slot_limit, student_id, order_id)
  values (coupon.id, slot, coupon.max_redemptions, student, for_order)
  on conflict on constraint coupon_slots_coupon_id_slot_no_pkey do nothing;
  return found;
end
$$;
comment on function sales.give_out_slot(sales.coupons, integer, uuid, uuid) is
  'Gives one slot of a coupon to an order; false when another order has it.';

create function sales.coupon_watermark(coupon uuid) returns integer
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  dense integer := coalesce((select w.dense_up_to from sales.coupon_watermarks w where w.coupon_id = coupon), 0);
begin
  if not exists (select from sales.coupon_slots s where s.coupon_id = coupon and s.slot_no = dense + 32) then
    return dense;
  end if;
  insert into sales.coupon_watermarks (coupon_id, dense_up_to)
    select coupon, 0 where not exists (select from sales.coupon_watermarks w where w.coupon_id = coupon)
       and pg_try_advisory_xact_lock(hashtext(coupon::text), 0)
    on conflict do nothing;
  -- whoever finds it busy leaves it to the other
  select w.dense_up_to into dense from sales.coupon_watermarks w where w.coupon_id = coupon for update skip locked;
  if not found then
    return coalesce((select w.dense_up_to from sales.coupon_watermarks w where w.coupon_id = coupon), 0);
  end if;
  update sales.coupon_watermarks w set dense_up_to = dense + (
      select count(*) from (
        select s.slot_no - row_number() over (order by s.slot_no) as start from sales.coupon_slots s
         where s.coupon_id = coupon and s.slot_no > dense) run
       where run.start = dense)
   where w.coupon_id = coupon
  returning w.dense_up_to into dense;
  return dense;
end
$$;
comment on function sales.coupon_watermark(uuid) is
  'Up to which slot of a coupon all are given out; moves the kept number on when it has fallen 32 behind.';

-- One slot, or null when all are gone.
create function sales.take_coupon_slot(coupon sales.coupons, student uuid, for_order uuid) returns integer
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  dense integer;
  returned integer;
  patient boolean;
begin
  foreach patient in array array[false, true] loop
    returned := sales.take_returned_slot(coupon.id, coupon.max_redemptions, patient);
    if returned is not null and sales.give_out_slot(coupon, returned, student, for_order) then
      return returned;
    end if;
    dense := sales.coupon_watermark(coupon.id);
    for candidate in dense + 1 .. coupon.max_redemptions loop
      continue when exists (
        select from sales.coupon_slots s where s.coupon_id = coupon.id and s.slot_no = candidate);
      -- somebody is taking this one: try the next
      continue when not patient and not pg_try_advisory_xact_lock(hashtext(coupon.id::text), candidate);
      if sales.give_out_slot(coupon, candidate, student, for_order) then
        return candidate;
      end if;
    end loop;
  end loop;
  return null;
end
$$;
comment on function sales.take_coupon_slot(sales.coupons, uuid, uuid) is
  'Takes a free slot of a coupon for an order and returns its number; null when none is left.';

do $$
declare
  target text;
begin
  foreach target in array array['coupon_watermarks', 'coupon_returned_slots'] loop
    call platform.protect(('sales.' || target)::regclass);
    insert into platform.shard_plan (table_name, class) values ('sales.' || target, 'reference');
  end loop;
  grant delete on sales.coupon_slots, sales.coupon_redemptions, sales.coupon_returned_slots to techcourse_loader;
  foreach target in array array['return_coupon_slot()', 'take_returned_slot(uuid,integer,boolean)',
    'give_out_slot(sales.coupons,integer,uuid,uuid)', 'take_coupon_slot(sales.coupons,uuid,uuid)',
    'coupon_watermark(uuid)'] loop
    call platform.give_function(('sales.' || target)::regprocedure, 'techcourse_loader');
  end loop;
end
$$;
