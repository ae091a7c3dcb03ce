-- The price history for people: who changed which price, when, from what to what.
-- Owned by techcourse_reader, not security_invoker: the auditor sees this list, and neither users nor drafts.
create or replace view audit.course_price_changes as
select (l.row_key ->> 'id')::uuid as course_id,
       c.title as course_title,
       (l.old_values ->> 'price')::numeric(10, 2) as old_price,
       (l.new_values ->> 'price')::numeric(10, 2) as new_price,
       coalesce(l.new_values ->> 'currency', c.currency)::text as currency,
       nullif(l.old_values ->> 'currency', l.new_values ->> 'currency') as old_currency,
       l.changed_by,
       u.email::text as changed_by_email,
       l.acting_role,
       l.database_role,
       l.changed_at,
       l.id as change_id
  from audit.change_log l
  left join catalog.courses c on c.id = (l.row_key ->> 'id')::uuid
  left join identity.users u on u.id = l.changed_by
 where l.relation = 'catalog.courses'
   and l.action = 'update'
   and l.old_values ? 'price';
comment on view audit.course_price_changes is
  'Every change of a course price: who, when, old, new. changed_by is empty for a change by a database login outside the application; database_role names it.';
call platform.give_view('audit.course_price_changes', 'techcourse_reader');
grant select on audit.course_price_changes to auditor;
