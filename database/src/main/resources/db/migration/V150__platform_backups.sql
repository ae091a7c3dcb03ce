-- What the academy knows of its backups, so that the doctor can tell when the last one was taken, and whether it could be restored.
create table platform.backups (
  name text not null,
  started_at timestamptz not null,
  finished_at timestamptz not null,
  bytes bigint not null,
  verified_at timestamptz,
  faults integer,
  constraint backups_name_pkey primary key (name),
  constraint backups_name_length_check check (length(name) between 1 and 100),
  constraint backups_finished_after_start_check check (finished_at >= started_at),
  constraint backups_bytes_not_negative_check check (bytes >= 0),
  constraint backups_verified_with_a_verdict_check check ((verified_at is null) = (faults is null) and faults >= 0)
);
comment on table platform.backups is
  'Backups that were taken of this database, and what a trial of restoring them found. Shard class: local.';
call platform.protect('platform.backups');
insert into platform.shard_plan (table_name, class) values ('platform.backups', 'local');
