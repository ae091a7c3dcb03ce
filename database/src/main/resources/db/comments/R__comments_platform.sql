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

comment on column platform.event_types.topic is 'Kind of event with its version.';
comment on column platform.event_types.description is 'What has happened, for who writes a receiver.';
comment on column platform.event_types.payload_schema is 'JSON Schema (2020-12) of the member data.';

comment on column platform.outbox.id is 'Key of the event, UUIDv7; the receiver drops one that it has seen.';
comment on column platform.outbox.topic is 'Kind of event, such as course.published.v1.';
comment on column platform.outbox.subject_id is 'The thing that the fact is about.';
comment on column platform.outbox.payload is 'What happened: ids, no persons.';
comment on column platform.outbox.created_at is 'Time of the fact.';

comment on column platform.student_outbox.student_id is 'The student whose fact it is; first part of the key.';
comment on column platform.student_outbox.id is 'Key of the event, UUIDv7; the receiver drops one that it has seen.';
comment on column platform.student_outbox.topic is 'Kind of event, such as enrollment.created.v1.';
comment on column platform.student_outbox.subject_id is 'The thing that the fact is about.';
comment on column platform.student_outbox.payload is 'What happened: ids, no persons.';
comment on column platform.student_outbox.created_at is 'Time of the fact.';

comment on column platform.events.id is 'Key, UUIDv7, as the outbox gave it.';
comment on column platform.events.sequence_no is 'Place in the one numbering, in the order of collection.';
comment on column platform.events.topic is 'Kind of event with its version.';
comment on column platform.events.subject_id is 'The thing that the fact is about.';
comment on column platform.events.payload is 'What happened: ids, no persons.';
comment on column platform.events.occurred_at is 'Time of the fact.';

comment on column platform.webhooks.id is 'Key, UUIDv7.';
comment on column platform.webhooks.url is 'Where events are posted.';
comment on column platform.webhooks.description is 'What the receiver is for, in the words of an admin.';
comment on column platform.webhooks.topics is 'Kinds of events that it wants, names of platform.event_types.';
comment on column platform.webhooks.active is 'False: nothing is collected for it.';
comment on column platform.webhooks.failing_from is 'Since when every try has failed; null after a success.';
comment on column platform.webhooks.disabled_at is 'After five days of failures, or 410: collected, but not sent until an admin switches it on again. Null otherwise.';
comment on column platform.webhooks.created_by is 'The admin who made it.';
comment on column platform.webhooks.created_at is 'When it was made.';
comment on column platform.webhooks.updated_at is 'Last change of the row, stamped by a trigger.';

comment on column platform.webhook_secrets.webhook_id is 'The receiver.';
comment on column platform.webhook_secrets.id is 'Key, UUIDv7; the latest signs first.';
comment on column platform.webhook_secrets.secret is 'Secret. HMAC key of 256 bits in a sealed box, which the sender alone opens.';
comment on column platform.webhook_secrets.sealed is 'False: as it is, from before secrets were sealed; the next start with a key seals it.';
comment on column platform.webhook_secrets.valid_until is 'End of the overlap after a newer one; null for the current.';

comment on column platform.webhook_deliveries.webhook_id is 'The receiver.';
comment on column platform.webhook_deliveries.event_id is 'The event.';
comment on column platform.webhook_deliveries.state is 'waiting, delivered, or failed after the last try.';
comment on column platform.webhook_deliveries.tries is 'How often it was begun since it was ordered.';
comment on column platform.webhook_deliveries.next_try_at is 'Not before.';
comment on column platform.webhook_deliveries.locked_by is 'The start of a node that is sending it, UUIDv7; null otherwise.';
comment on column platform.webhook_deliveries.locked_until is 'After that another node may send it. Null while it waits.';
comment on column platform.webhook_deliveries.finished_at is 'When it was delivered or given up; null before.';

comment on column platform.webhook_tries.webhook_id is 'The receiver.';
comment on column platform.webhook_tries.event_id is 'The event.';
comment on column platform.webhook_tries.id is 'Key, UUIDv7.';
comment on column platform.webhook_tries.tried_at is 'When the answer was noted.';
comment on column platform.webhook_tries.status is 'HTTP status; null when there was no answer.';
comment on column platform.webhook_tries.duration_ms is 'Milliseconds from the connection to the answer.';
comment on column platform.webhook_tries.error is 'Why there was no answer; null otherwise.';

comment on column platform.imports.id is 'Key, UUIDv7.';
comment on column platform.imports.kind is 'What the lines are: users, courses, enrollments or coupons.';
comment on column platform.imports.mode is 'all-or-nothing: one refused line is enough to write nothing; partial: the good lines are written.';
comment on column platform.imports.dry_run is 'Written, checked by every rule, and taken back.';
comment on column platform.imports.state is 'running, done, refused (nothing was written because of its lines), or failed.';
comment on column platform.imports.started_by is 'The admin who brought it in.';
comment on column platform.imports.row_count is 'Lines after the header that were read so far.';
comment on column platform.imports.created_count is 'Lines that made something new.';
comment on column platform.imports.updated_count is 'Lines that changed something.';
comment on column platform.imports.unchanged_count is 'Lines that said what was there already.';
comment on column platform.imports.refused_count is 'Lines that a rule refused.';
comment on column platform.imports.problem is 'Why it failed or the file could not be read; null otherwise.';
comment on column platform.imports.started_at is 'When it began.';
comment on column platform.imports.updated_at is 'Last sign of life, stamped by a trigger.';
comment on column platform.imports.finished_at is 'When it ended; null before.';

comment on column platform.import_rows.import_id is 'The import.';
comment on column platform.import_rows.line_no is 'Line of the file in which the row begins; the header is line 1.';
comment on column platform.import_rows.outcome is 'created, updated, unchanged or refused; after a dry run or a refused import what it would have been.';
comment on column platform.import_rows.column_name is 'The column at fault; null where none is.';
comment on column platform.import_rows.sentence is 'Why it was refused, without any value of the row; null otherwise.';
comment on column platform.import_rows.subject_id is 'The user, course, student or coupon; null when it was refused before one was found.';

comment on column platform.shard_plan.table_name is 'The table, as schema.table.';
comment on column platform.shard_plan.class is 'reference: a copy on every machine; student-keyed: spread by student; local: on the coordinator alone.';
comment on column platform.shard_plan.distribution_column is 'student_id for student-keyed tables, else null.';

comment on column platform.partition_plan.table_name is 'The table, as schema.table.';
comment on column platform.partition_plan.months_ahead is 'How many coming months have their partition ready.';
comment on column platform.backups.name is 'Name of the backup, from the time at which it began.';
comment on column platform.backups.started_at is 'When it began.';
comment on column platform.backups.finished_at is 'When it was whole; the academy can be restored to this moment and every later one.';
comment on column platform.backups.bytes is 'Size of its archive in bytes.';
comment on column platform.backups.verified_at is 'When it was restored for a trial; null: not yet.';
comment on column platform.backups.faults is 'How many things did not hold in that trial: rules of the books, seals of the log.';
