-- Erasing a person. Personal values live only where they can be cleared: the change log keeps ids and amounts (a
-- convention that SqlConventionsTest executes), so its seals hold without a salted digest or a second log; books keep
-- amounts and ids. What is cleared where is said in one place, the view identity.personal_tables, which the export
-- reads too; identity.erase_user() does it in one transaction.

-- a refund is never changed; the words of whoever asked for it may be cleared
drop trigger refunds_append_only on sales.refunds;
create trigger refunds_append_only before delete or update of student_id, id, payment_id, order_id, course_id, amount, currency,
    kind, requested_by, refunded_at, business_day on sales.refunds
  for each row execute function sales.refuse_change();
create trigger refunds_reason_append_only before update of reason on sales.refunds
  for each row when (new.reason <> '') execute function sales.refuse_change();
alter table sales.refunds enable always trigger refunds_append_only;
alter table sales.refunds enable always trigger refunds_reason_append_only;
grant update (reason) on sales.refunds to techcourse_loader;

create function identity.erase_proofs(who uuid, address text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from identity.sessions s where s.user_id = who;
  delete from identity.api_tokens t where t.user_id = who;
  delete from identity.credentials c where c.user_id = who;
  delete from identity.second_factors f where f.user_id = who;
  delete from identity.recovery_codes c where c.user_id = who;
  delete from identity.external_identities e where e.user_id = who;
  delete from identity.one_time_tokens t where t.user_id = who;
  delete from identity.mails m where m.user_id = who or m.recipient operator(extensions.=) address::extensions.citext;
  delete from identity.sign_ups s where s.email operator(extensions.=) address::extensions.citext;
  delete from identity.throttles t where t.subject_hash = sha256(convert_to(lower(address), 'UTF8'));
  delete from identity.sign_in_failures f
   where f.subject_kind = 'account' and f.subject_hash = sha256(convert_to(lower(address), 'UTF8'));
end
$$;
comment on function identity.erase_proofs(uuid, text) is
  'Part of identity.erase_user(): removes every way in of a person, and the count of wrong guesses at the address.';
revoke execute on function identity.erase_proofs(uuid, text) from public;
grant execute on function identity.erase_proofs(uuid, text) to techcourse_loader;
call platform.give_function('identity.erase_proofs(uuid,text)', 'techcourse_gatekeeper');

create function platform.without_words(document jsonb, words text[]) returns jsonb
  language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  word text;
  written text := document::text;
begin
  foreach word in array words loop
    -- as JSON writes it, whatever the case, and no character of it with a meaning of its own
    written := regexp_replace(written,
      regexp_replace(substr(to_jsonb(word)::text, 2, length(to_jsonb(word)::text) - 2), '([^[:alnum:]])', '\\\1', 'g'), 'erased', 'gi');
  end loop;
  return written::jsonb;
end
$$;
comment on function platform.without_words(jsonb, text[]) is 'A document in which "erased" stands for each of some words, whatever their case.';
grant execute on function platform.without_words(jsonb, text[]) to techcourse_loader;

create function identity.is_fresh_session(token_hash bytea) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select exists (select from identity.sessions s
                  where s.token_hash = is_fresh_session.token_hash and s.created_at > clock_timestamp() - interval '10 minutes'
                    and s.user_id = nullif(current_setting('app.user_id', true), '')::uuid);
end;
comment on function identity.is_fresh_session(bytea) is 'Whether the acting person signed in with this token in the last ten minutes.';
grant execute on function identity.is_fresh_session(bytea) to techcourse_app;
call platform.give_function('identity.is_fresh_session(bytea)', 'techcourse_gatekeeper');

create function identity.has_password() returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select exists (select from identity.credentials c where c.user_id = nullif(current_setting('app.user_id', true), '')::uuid);
end;
comment on function identity.has_password() is 'Whether the acting person has a password.';
grant execute on function identity.has_password() to techcourse_app;
call platform.give_function('identity.has_password()', 'techcourse_gatekeeper');
