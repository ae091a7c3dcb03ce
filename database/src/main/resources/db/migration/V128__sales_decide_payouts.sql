-- Approving, paying and cancelling a payout; the rules stand on the table, here is who may ask.
create function sales.approve_payout(payout_id uuid) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  person constant uuid := sales.acting_accountant();
begin
  update sales.payouts p set status = 'approved', approved_by = person, approved_at = clock_timestamp()
   where p.id = approve_payout.payout_id;
  return found;
end
$$;
comment on function sales.approve_payout(uuid) is
  'Approves a planned payout, by another than its instructor and whoever planned it; false when there is none. Errors: TC451 not owed, TC452 not planned, TC459 who acts is no accountant.';

create function sales.pay_payout(payout_id uuid, reference text) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  person constant uuid := sales.acting_accountant();
begin
  update sales.payouts p set status = 'paid', paid_by = person, paid_at = clock_timestamp(), reference = btrim(pay_payout.reference)
   where p.id = pay_payout.payout_id;
  return found;
end
$$;
comment on function sales.pay_payout(uuid, text) is
  'Notes that an approved payout was paid, with the bank''s reference, and posts it; false when there is none. Errors: TC451 not owed any more, TC452 not approved, TC459 who acts is no accountant.';

create function sales.cancel_payout(payout_id uuid) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  person constant uuid := sales.acting_accountant();
begin
  update sales.payouts p set status = 'cancelled', cancelled_by = person, cancelled_at = clock_timestamp()
   where p.id = cancel_payout.payout_id;
  return found;
end
$$;
comment on function sales.cancel_payout(uuid) is
  'Cancels a payout that is not paid; what it was for is in the next month''s run. False when there is none. Errors: TC452 paid or cancelled, TC459 who acts is no accountant.';
do $$
declare
  target regprocedure;
begin
  foreach target in array array['sales.approve_payout(uuid)', 'sales.pay_payout(uuid,text)', 'sales.cancel_payout(uuid)']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_app, accountant', target);
    call platform.give_function(target, 'techcourse_loader');
  end loop;
end
$$;
