-- Whoever has lost the authenticator and the recovery codes cannot switch the second factor off; an admin can, after
-- having made sure by other means who asks. The person is told by letter, and the change log keeps who did it.
create function identity.take_off_second_factor(who uuid) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  admin constant uuid := identity.require_admin();
  there boolean;
begin
  -- an admin's own is no exception: it needs a code
  if who = admin then
    perform identity.require_second_factor();
  end if;
  delete from identity.second_factors f where f.user_id = who and f.confirmed_at is not null;
  there := found;
  if there then
    delete from identity.recovery_codes c where c.user_id = who;
    -- what was let in by the lost one goes, as after any loss
    delete from identity.sessions s where s.user_id = who;
    update identity.api_tokens t set revoked_at = clock_timestamp() where t.user_id = who and t.revoked_at is null;
  end if;
  return there;
end
$$;
comment on function identity.take_off_second_factor(uuid) is
  'For admins: takes the second factor of a person away who has lost it, and signs the person out everywhere; false where there is none. Errors: TC140, TC134 an own one needs a code.';
grant execute on function identity.take_off_second_factor(uuid) to techcourse_app;
call platform.give_function('identity.take_off_second_factor(uuid)', 'techcourse_gatekeeper');
