-- All links that were sent to an address go at once, when one of them is followed. Before, each took its own first and the
-- others' at the end, so that two which were followed in the same moment waited for each other until the server broke it off.
create or replace function identity.verify_sign_up(token_hash bytea) returns uuid
  language plpgsql volatile security definer set search_path = extensions, pg_catalog, pg_temp as $$
declare
  proven record;
  new_user uuid;
begin
  with gone as (
    delete from identity.sign_ups s
     where s.email = (select l.email from identity.sign_ups l
                       where l.token_hash = verify_sign_up.token_hash and l.expires_at > clock_timestamp())
    returning s.token_hash, s.email, s.display_name, s.locale, s.password_hash)
  select g.email, g.display_name, g.locale, g.password_hash into proven
    from gone g where g.token_hash = verify_sign_up.token_hash;
  if not found then
    raise exception 'This link is unknown, has been used, or is too old.' using errcode = 'TC120',
      hint = 'Ask for a new one.', schema = 'identity', table = 'sign_ups';
  end if;
  new_user := platform.uuid_v7();
  insert into identity.users (id, email, display_name, locale, email_verified_at)
  values (new_user, proven.email, proven.display_name, proven.locale, clock_timestamp());
  insert into identity.user_roles (user_id, role) values (new_user, 'student');
  insert into identity.credentials (user_id, password_hash) values (new_user, proven.password_hash);
  return new_user;
end
$$;
