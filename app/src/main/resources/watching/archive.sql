-- Whether changes reach the archive from which a moment can be restored.
-- techcourse_archive_enabled: 1 where the server archives its changes.
-- techcourse_archive_failing: 1 where the last try to archive failed.
-- techcourse_archived_total: WAL segments archived.
-- techcourse_archive_failures_total: Tries to archive that failed.
-- techcourse_archive_last_seconds: How long ago the last segment was archived; absent before the first.
select (current_setting('archive_mode') <> 'off')::integer as techcourse_archive_enabled,
       coalesce(a.last_failed_time > coalesce(a.last_archived_time, '-infinity'), false)::integer as techcourse_archive_failing,
       a.archived_count as techcourse_archived_total,
       a.failed_count as techcourse_archive_failures_total,
       extract(epoch from clock_timestamp() - a.last_archived_time) as techcourse_archive_last_seconds
  from pg_stat_archiver a
