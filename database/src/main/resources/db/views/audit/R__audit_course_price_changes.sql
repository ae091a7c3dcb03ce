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
       l.id as change_id,
       c.slug as course_slug
  from audit.change_log l
  left join catalog.courses c on c.id = (l.row_key ->> 'id')::uuid
  left join identity.users u on u.id = l.changed_by
 where l.relation = 'catalog.courses'
   and l.action = 'update'
   and l.old_values ? 'price';
comment on view audit.course_price_changes is
  'Every change of a course price: who, when, old, new. changed_by is empty for a change by a database login outside the application; database_role names it.';
comment on column audit.course_price_changes.course_slug is 'Name of the course in addresses.';
call platform.give_view('audit.course_price_changes', 'techcourse_reader');
grant select on audit.course_price_changes to auditor;
comment on column audit.course_price_changes.course_id is 'The course.';
comment on column audit.course_price_changes.course_title is 'Its title today.';
comment on column audit.course_price_changes.old_price is 'Price before, in old_currency where that is set, else in currency.';
comment on column audit.course_price_changes.new_price is 'Price after, in currency.';
comment on column audit.course_price_changes.currency is 'Currency of the new price.';
comment on column audit.course_price_changes.old_currency is 'Currency of the old price where it was another one; else null.';
comment on column audit.course_price_changes.changed_by is 'User who changed it through the application; null for a database login.';
comment on column audit.course_price_changes.changed_by_email is 'Address of that user today; after an erasure no longer a person''s. Personal data.';
comment on column audit.course_price_changes.acting_role is 'Role that the user acted as; null for a database login.';
comment on column audit.course_price_changes.database_role is 'Database login of the session.';
comment on column audit.course_price_changes.changed_at is 'When, by the database''s clock.';
comment on column audit.course_price_changes.change_id is 'Row of audit.change_log that proves it.';
