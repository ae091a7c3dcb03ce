-- The recorder. One trigger function serves every audited table: its arguments name the columns that are the
-- row's key and those whose values are kept; any other change of the row is none of the log's business.
create function audit.record_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  key_columns constant text[] := string_to_array(tg_argv[0], ',');
  kept_columns constant text[] := string_to_array(tg_argv[1], ',');
  old_row constant jsonb := case when tg_op in ('UPDATE', 'DELETE') then to_jsonb(old) end;
  new_row constant jsonb := case when tg_op in ('UPDATE', 'INSERT') then to_jsonb(new) end;
  kept_old jsonb;
  kept_new jsonb;
begin
  if not audit.is_recorded_here() then
    return null;
  end if;
  if tg_op = 'UPDATE' then
    select jsonb_object_agg(c, old_row -> c), jsonb_object_agg(c, new_row -> c) into kept_old, kept_new
      from unnest(kept_columns || key_columns) c
     where old_row -> c is distinct from new_row -> c
        -- an amount says nothing without its currency
        or c in ('price', 'currency') and (old_row -> 'price', old_row -> 'currency')
                                           is distinct from (new_row -> 'price', new_row -> 'currency');
    if kept_old is null then
      return null;
    end if;
  elsif tg_op = 'INSERT' then
    select jsonb_object_agg(c, new_row -> c) into kept_new from unnest(kept_columns) c;
  elsif tg_op = 'DELETE' then
    select jsonb_object_agg(c, old_row -> c) into kept_old from unnest(kept_columns) c;
  end if;
  insert into audit.change_log (origin, transaction_id, relation, action, row_key, old_values, new_values,
                                changed_by, acting_role, database_role)
  values (audit.origin(), pg_current_xact_id(), tg_table_schema || '.' || tg_table_name, lower(tg_op),
          coalesce((select jsonb_object_agg(c, coalesce(new_row, old_row) -> c) from unnest(key_columns) c), '{}'),
          kept_old, kept_new,
          nullif(current_setting('app.user_id', true), '')::uuid, nullif(current_setting('app.role', true), ''), session_user);
  return null;
end
$$;
comment on function audit.record_change() is
  'Trigger: writes a change into audit.change_log. Arguments: key columns, kept columns, both separated by commas.';
grant execute on function audit.origin(), audit.is_recorded_here() to techcourse_recorder;
call platform.give_function('audit.record_change()', 'techcourse_recorder');

create procedure audit.watch(target regclass, key_columns text, kept_columns text, inserts boolean default true)
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  name constant text := (select relname from pg_class where oid = target);
begin
  execute format('create trigger %I after %s update or delete on %s for each row execute function audit.record_change(%L, %L)',
    name || '_audit', case when inserts then 'insert or' else '' end, target, key_columns, kept_columns);
  execute format('create trigger %I after truncate on %s for each statement execute function audit.record_change(%L, %L)',
    name || '_audit_truncate', target, key_columns, kept_columns);
  -- also when a session calls itself a replica
  execute format('alter table %s enable always trigger %I', target, name || '_audit');
  execute format('alter table %s enable always trigger %I', target, name || '_audit_truncate');
end
$$;
comment on procedure audit.watch(regclass, text, text, boolean) is
  'For migrations: puts a table under audit. Key columns and kept columns are separated by commas; none of them may hold personal data.';

-- Inserts of a whole statement at once, for a table of which thousands of rows are written at a time: the same rows
-- in the log as by record_change(), six times faster.
create function audit.record_inserts() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  key_columns constant text[] := string_to_array(tg_argv[0], ',');
  kept_columns constant text[] := string_to_array(tg_argv[1], ',');
  origin constant bigint := audit.origin();
begin
  if audit.is_recorded_here() then
    insert into audit.change_log (origin, transaction_id, relation, action, row_key, new_values,
                                  changed_by, acting_role, database_role)
    select origin, pg_current_xact_id(), tg_table_schema || '.' || tg_table_name, 'insert',
           (select jsonb_object_agg(c, n.new_row -> c) from unnest(key_columns) c),
           (select jsonb_object_agg(c, n.new_row -> c) from unnest(kept_columns) c),
           nullif(current_setting('app.user_id', true), '')::uuid, nullif(current_setting('app.role', true), ''), session_user
      from (select to_jsonb(r) as new_row from new_rows r) n;
  end if;
  return null;
end
$$;
comment on function audit.record_inserts() is
  'Trigger for each statement: writes its new rows into audit.change_log. Arguments: key columns, kept columns, both separated by commas.';
call platform.give_function('audit.record_inserts()', 'techcourse_recorder');

create procedure audit.watch_inserts(target regclass, key_columns text, kept_columns text)
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  name constant text := (select relname || '_audit_inserts' from pg_class where oid = target);
begin
  execute format('create trigger %I after insert on %s referencing new table as new_rows for each statement execute function audit.record_inserts(%L, %L)',
    name, target, key_columns, kept_columns);
  -- also when a session calls itself a replica
  execute format('alter table %s enable always trigger %I', target, name);
end
$$;
comment on procedure audit.watch_inserts(regclass, text, text) is
  'For migrations: like audit.watch(), for the inserts of a table of which thousands of rows are written at a time.';

-- prices and what decides about a sale
call audit.watch('catalog.courses', 'id', 'price,currency,status,instructor_id');
call audit.watch('catalog.course_instructors', 'course_id,instructor_id', 'share_percent');
-- the keys of quizzes: the log names the version; the versions themselves are kept in catalog.quiz_versions
call audit.watch('catalog.quizzes', 'id', 'course_id,version');
call audit.watch('catalog.quiz_versions', 'quiz_id,version', 'course_id,metadata', false);
-- who may do what; an import makes thousands of students at a time
call audit.watch('identity.user_roles', 'user_id,role', 'role,granted_by', false);
call audit.watch_inserts('identity.user_roles', 'user_id,role', 'role,granted_by');
call audit.watch('identity.users', 'id', 'status', false);
-- money
call audit.watch('sales.coupons', 'id', 'percent_off,amount_off,currency,scope,course_id,instructor_id,valid_from,valid_until,max_redemptions,max_per_student,first_purchase_only,active,created_by');
call audit.watch('sales.refunds', 'student_id,id', 'payment_id,order_id,course_id,amount,currency,kind,requested_by');
call audit.watch('sales.payouts', 'id', 'instructor_id,period_start,period_end,amount,currency,status,approved_by');
call audit.watch('sales.payments', 'student_id,id', 'amount,currency,status,order_id', false);
-- certificates and grades that a person changes
call audit.watch('learning.certificates', 'student_id,course_id', 'number,revoked_at');
-- the academy itself
call audit.watch('platform.settings', 'name', 'value');
