-- Requests that cost money are answered once: the same key and the same request get the same answer again.
create table sales.answered_requests (
  student_id uuid not null,
  key text not null,
  operation text not null,
  request_sha256 bytea not null,
  status integer,
  body jsonb,
  asked_at timestamptz not null default clock_timestamp(),
  constraint answered_requests_student_id_key_pkey primary key (student_id, key),
  constraint answered_requests_student_id_fkey foreign key (student_id) references identity.users (id) on delete restrict,
  constraint answered_requests_key_check check (key ~ '^[!-~]{8,200}$'),
  constraint answered_requests_operation_check check (operation ~ '^[a-z][a-z_]{1,60}$'),
  constraint answered_requests_request_sha256_length_check check (length(request_sha256) = 32),
  constraint answered_requests_answer_is_whole_check check ((status is null) = (body is null)),
  constraint answered_requests_status_check check (status between 200 and 299)
);
comment on table sales.answered_requests is
  'Answers to writes that cost money, by whoever asked and the Idempotency-Key; kept for two days. Shard class: student-keyed.';
-- cleared away
create index answered_requests_asked_at_idx on sales.answered_requests using brin (asked_at) with (pages_per_range = 32, autosummarize = on);
call platform.protect('sales.answered_requests');
grant delete on sales.answered_requests to techcourse_loader;
insert into platform.shard_plan (table_name, class, distribution_column) values
  ('sales.answered_requests', 'student-keyed', 'student_id');

create function sales.claim_request(key text, operation text, request_sha256 bytea) returns jsonb
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  caller constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  known sales.answered_requests;
begin
  -- of two at once the second waits here for the first
  insert into sales.answered_requests (student_id, key, operation, request_sha256)
  values (caller, claim_request.key, claim_request.operation, claim_request.request_sha256)
  on conflict on constraint answered_requests_student_id_key_pkey do nothing;
  if found then
    return null;
  end if;
  select a.* into known from sales.answered_requests a where a.student_id = caller and a.key = claim_request.key;
  if known.operation <> claim_request.operation or known.request_sha256 <> claim_request.request_sha256 then
    raise exception 'The Idempotency-Key "%" was used for another request.', claim_request.key using errcode = 'TC420',
      hint = 'Use a new key for a new request.', schema = 'sales', table = 'answered_requests';
  end if;
  return case when known.status is not null then jsonb_build_object('status', known.status, 'body', known.body) end;
end
$$;
comment on function sales.claim_request(text, text, bytea) is
  'Whether the acting user asked this before with the key: null when not, or when it has no answer yet and is to be gone on with; else the answer. Error: TC420 the key was for another request.';

create function sales.keep_answer(key text, status integer, body jsonb) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  update sales.answered_requests a set status = keep_answer.status, body = keep_answer.body
   where a.student_id = nullif(current_setting('app.user_id', true), '')::uuid and a.key = keep_answer.key and a.status is null;
end;
comment on function sales.keep_answer(text, integer, jsonb) is
  'Keeps the answer to a claimed request of the acting user; the first one stays.';

create function sales.forget_answers() returns integer
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone integer;
begin
  delete from sales.answered_requests a where a.asked_at < clock_timestamp() - interval '2 days';
  get diagnostics gone = row_count;
  return gone;
end
$$;
comment on function sales.forget_answers() is 'Clears answers away that are older than two days; says how many.';
do $$
declare
  target regprocedure;
begin
  foreach target in array array['sales.claim_request(text,text,bytea)', 'sales.keep_answer(text,integer,jsonb)',
    'sales.forget_answers()']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_app', target);
    call platform.give_function(target, 'techcourse_loader');
  end loop;
end
$$;
grant execute on function sales.claim_request(text, text, bytea), sales.keep_answer(text, integer, jsonb) to accountant;
grant usage on schema sales to accountant;
