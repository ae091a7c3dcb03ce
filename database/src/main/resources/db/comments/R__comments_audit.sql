-- What each column of the room audit means. It holds ids and amounts, no personal data: erasing a person changes no row.
comment on column audit.change_log.changed_at is 'When, by the database''s clock; decides the partition.';
comment on column audit.change_log.id is 'Key, UUIDv7, together with the time.';
comment on column audit.change_log.origin is 'System identifier of the database cluster that wrote the row (of database and table, where a provider hides it): transaction numbers count within it.';
comment on column audit.change_log.transaction_id is 'Transaction that made the change, 64 bits, never used twice; seals are made by ranges of it.';
comment on column audit.change_log.relation is 'Table that was changed, as schema.table.';
comment on column audit.change_log.action is 'insert, update, delete, or truncate (one row for the whole table).';
comment on column audit.change_log.row_key is 'Key columns of the changed row by name; an empty object for truncate.';
comment on column audit.change_log.old_values is 'Watched columns before, by name; of an update only those that changed. Null for insert and truncate.';
comment on column audit.change_log.new_values is 'Watched columns after, by name; of an update only those that changed. Null for delete and truncate.';
comment on column audit.change_log.changed_by is 'User who acted through the application; null for a database login.';
comment on column audit.change_log.acting_role is 'Role that the user acted as; null for a database login.';
comment on column audit.change_log.database_role is 'Database login of the session; SET ROLE does not change it.';

comment on column audit.seals.seal_no is 'Number in the chain, from 1 without gaps.';
comment on column audit.seals.origin is 'System identifier of the database cluster whose transactions are sealed.';
comment on column audit.seals.from_transaction is 'First transaction of the block.';
comment on column audit.seals.to_transaction is 'First transaction after the block: the oldest one still open at the sealing.';
comment on column audit.seals.open_transaction is 'First transaction not yet begun at the sealing: no later row may claim to be older than the seal.';
comment on column audit.seals.row_count is 'How many rows of the change log are in the block.';
comment on column audit.seals.first_changed_at is 'Time of the first of them.';
comment on column audit.seals.last_changed_at is 'Time of the last of them.';
comment on column audit.seals.rows_hash is 'SHA-256 over the rows'' SHA-256 in order of time and id.';
comment on column audit.seals.previous_hash is 'seal_hash of the seal before; SHA-256 of "techcourse" for the first.';
comment on column audit.seals.seal_hash is 'SHA-256 of all the above: keep a copy outside, and the whole past is pinned.';
comment on column audit.seals.sealed_at is 'When the seal was made.';
