-- What the database has done since its figures began.
-- techcourse_database_commits_total: Transactions that were committed.
-- techcourse_database_rollbacks_total: Transactions that were rolled back.
-- techcourse_database_deadlocks_total: Deadlocks that the server has broken.
-- techcourse_database_temporary_bytes_total: Bytes written to temporary files, by sorts and joins that found too little memory.
-- techcourse_database_checksum_failures_total: Pages that were read and did not match their checksum.
-- techcourse_database_blocks_read_total: Blocks read from the disk or the system's cache.
-- techcourse_database_blocks_hit_total: Blocks found in shared memory.
-- techcourse_database_transaction_age: Transactions since the oldest row that is not frozen; at 2,000 million the server stops.
select d.xact_commit as techcourse_database_commits_total,
       d.xact_rollback as techcourse_database_rollbacks_total,
       d.deadlocks as techcourse_database_deadlocks_total,
       d.temp_bytes as techcourse_database_temporary_bytes_total,
       coalesce(d.checksum_failures, 0) as techcourse_database_checksum_failures_total,
       d.blks_read as techcourse_database_blocks_read_total,
       d.blks_hit as techcourse_database_blocks_hit_total,
       greatest(age(c.datfrozenxid), mxid_age(c.datminmxid)) as techcourse_database_transaction_age
  from pg_stat_database d join pg_database c on c.oid = d.datid
 where d.datname = current_database()
