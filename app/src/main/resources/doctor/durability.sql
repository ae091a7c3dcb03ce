-- What was acknowledged survives a crash.
select case when off is null then 'OK' when checksums_only then 'NOTE' else 'PROBLEM' end as status,
       case when off is null then 'fsync, full_page_writes, synchronous_commit and data checksums are on'
            else format('off: %s', off) end as finding,
       case when off is null then null
            when checksums_only then 'Turn data checksums on while the server is stopped: pg_checksums --enable.'
            else 'Turn them on and reload the server; until then a crash may lose what was acknowledged.' end as remedy
  from (select string_agg(name, ', ' order by name) as off, coalesce(bool_and(name = 'data_checksums'), true) as checksums_only
          from pg_settings
         where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums') and setting = 'off') s
