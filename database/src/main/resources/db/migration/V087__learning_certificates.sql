-- Certificates carry the name that their holder had when they were issued: who changes the name of an account does not
-- hand on its certificates. A certificate number ends with a character that tells most mistyped numbers from unknown ones.
alter table learning.certificates
  add column holder_name text,
  add column revoked_by uuid,
  add constraint certificates_holder_name_length_check check (length(holder_name) between 1 and 120),
  add constraint certificates_revoked_by_fkey foreign key (revoked_by) references identity.users (id) on delete restrict,
  add constraint certificates_revoked_by_somebody_once_revoked_check check (revoked_by is null or revoked_at is not null);
create index certificates_revoked_by_idx on learning.certificates (revoked_by) where revoked_by is not null;

set local role techcourse_loader;
update learning.certificates c set holder_name = u.display_name
  from identity.users u where u.id = c.student_id and u.status <> 'erased';
reset role;

create or replace function learning.check_certificate() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (
      select from learning.attempts a
       where a.student_id = new.student_id and a.started_at = new.attempt_started_at and a.id = new.attempt_id
         and a.course_id = new.course_id and a.passed and a.score = new.score) then
    raise exception 'The course % is not passed by this attempt.', new.course_id using errcode = 'TC320',
      hint = 'A certificate rests on a graded attempt that reached the passing score.', schema = 'learning', table = 'certificates';
  end if;
  if tg_op = 'INSERT' then
    new.holder_name := (select u.display_name from identity.users u where u.id = new.student_id and u.status <> 'erased');
  end if;
  return new;
end
$$;
comment on function learning.check_certificate() is
  'Trigger: a certificate needs a passed attempt of its course (TC320), and keeps the name that its holder has then.';

-- Luhn's sum over 32 characters: every single wrong character is found, and nearly every exchange of neighbours
create function learning.certificate_check_character(characters text) returns text
  language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp
  return (
    select substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', ((32 - sum(d.doubled / 32 + d.doubled % 32) % 32) % 32)::integer + 1, 1)
      from (select (strpos('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(certificate_check_character.characters, n, 1)) - 1)
                   * (1 + (length(certificate_check_character.characters) - n + 1) % 2) as doubled
              from generate_series(1, length(certificate_check_character.characters)) n) d);
comment on function learning.certificate_check_character(text) is
  'The last character of a certificate number, from the eleven before it (Luhn''s algorithm modulo 32 over Crockford''s alphabet).';

create function learning.new_certificate_number() returns text
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  -- 55 random bits, from the bytes of a random UUID that are random throughout
  chance constant bytea := uuid_send(gen_random_uuid());
  characters text;
begin
  select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', get_byte(chance, b) % 32 + 1, 1), '' order by b) into characters
    from unnest(array[0, 1, 2, 3, 4, 5, 7, 9, 10, 11, 12]) b;
  characters := characters || learning.certificate_check_character(characters);
  return format('TC-%s-%s-%s', substr(characters, 1, 4), substr(characters, 5, 4), substr(characters, 9, 4));
end
$$;
comment on function learning.new_certificate_number() is
  'A number for a certificate: eleven random characters (55 bits), so that none can be guessed, and one to check them.';

create function learning.verify_certificate(number text)
  returns table (holder_name text, course_title text, course_slug text, score numeric, issued_at timestamptz,
                 revoked_at timestamptz, revoked_reason text)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select case when u.status <> 'erased' then c.holder_name end, k.title, k.slug, c.score, c.issued_at, c.revoked_at, c.revoked_reason
    from learning.certificate_numbers n
    join learning.certificates c on c.student_id = n.student_id and c.course_id = n.course_id and c.number = n.number
    join catalog.courses k on k.id = c.course_id
    join identity.users u on u.id = c.student_id
   where n.number = verify_certificate.number;
end;
comment on function learning.verify_certificate(text) is
  'What anyone who holds a certificate number may know; the name is null when the person was erased. No row for an unknown number.';
call platform.give_function('learning.verify_certificate(text)', 'techcourse_reader');

create function learning.revoke_certificate(number text, reason text) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  actor constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  role constant text := coalesce(current_setting('app.role', true), '');
  holder record;
begin
  select n.student_id, n.course_id into holder
    from learning.certificate_numbers n where n.number = revoke_certificate.number
     and (role = 'admin' or role = 'instructor' and exists (
            select from catalog.courses c where c.id = n.course_id and c.instructor_id = actor
            union all
            select from catalog.course_instructors i where i.course_id = n.course_id and i.instructor_id = actor));
  if not found then
    return false;
  end if;
  update learning.certificates c
     set revoked_at = clock_timestamp(), revoked_reason = btrim(revoke_certificate.reason), revoked_by = actor
   where c.student_id = holder.student_id and c.course_id = holder.course_id and c.revoked_by is null;
  if not found then
    raise exception 'The certificate % is revoked already.', revoke_certificate.number using errcode = 'TC354',
      hint = 'A revocation stays as it was said.', schema = 'learning', table = 'certificates';
  end if;
  return true;
end
$$;
comment on function learning.revoke_certificate(text, text) is
  'Declares a certificate void, by an instructor of its course or an admin. False for a number that is unknown or not theirs. Error: TC354 revoked already.';
call platform.give_function('learning.revoke_certificate(text,text)', 'techcourse_loader');
grant execute on function learning.verify_certificate(text), learning.revoke_certificate(text, text) to techcourse_app;
