-- What each column of the room platform means. Payloads carry ids, no personal data.
comment on column platform.settings.name is 'Name in snake_case, known to the application.';
comment on column platform.settings.value is 'Value as JSON: a string, a number, true or false.';
comment on column platform.settings.description is 'What it decides, for the admin who changes it.';
comment on column platform.settings.updated_at is 'Last change of the row, stamped by a trigger; the change log has the earlier values.';

comment on column platform.jobs.id is 'Key, UUIDv7.';
comment on column platform.jobs.kind is 'Which work, a name known to the application.';
comment on column platform.jobs.payload is 'What the work needs: ids, no persons.';
comment on column platform.jobs.run_at is 'Not before; later after a failed try.';
comment on column platform.jobs.locked_until is 'A node works on it until here; after that another one may take it. Null while it waits.';
comment on column platform.jobs.locked_by is 'The start of a node that works on it, UUIDv7; null while it waits.';
comment on column platform.jobs.dead_at is 'When its last try failed; an admin may have it tried again. Null before.';
comment on column platform.jobs.tries is 'How often it was begun.';
comment on column platform.jobs.last_error is 'First 2,000 characters of why the latest try failed; null while none did.';
comment on column platform.jobs.finished_at is 'Done; null before.';
comment on column platform.jobs.created_at is 'When it was ordered.';

comment on column platform.recurring_jobs.kind is 'Which work, a name known to the application.';
comment on column platform.recurring_jobs.next_run_at is 'Not ordered again before.';

comment on column platform.outbox.id is 'Key, UUIDv7; the receiver drops one that it has seen.';
comment on column platform.outbox.topic is 'What kind of message, such as sales.payment_captured.';
comment on column platform.outbox.payload is 'The message: ids, no persons.';
comment on column platform.outbox.created_at is 'Time of the fact that it tells.';
comment on column platform.outbox.delivered_at is 'When the receiver took it; null before.';
comment on column platform.outbox.tries is 'How often delivery was tried.';

comment on column platform.shard_plan.table_name is 'The table, as schema.table.';
comment on column platform.shard_plan.class is 'reference: a copy on every machine; student-keyed: spread by student; local: on the coordinator alone.';
comment on column platform.shard_plan.distribution_column is 'student_id for student-keyed tables, else null.';

comment on column platform.partition_plan.table_name is 'The table, as schema.table.';
comment on column platform.partition_plan.months_ahead is 'How many coming months have their partition ready.';
