-- The schema is the one that this version of TechCourse brings.
select case when failed > 0 or version <> :migration_version then 'PROBLEM' else 'OK' end as status,
       case when failed > 0 then format('%s migrations have failed', failed)
            else format('the schema has version %s, this TechCourse brings %s', version, :migration_version) end as finding,
       case when failed > 0 or version < :migration_version then 'Run: ./techcourse migrate'
            when version > :migration_version then 'Run the newer TechCourse that migrated this database.' end as remedy
  from (select coalesce(max(version::int) filter (where version ~ '^\d+$' and success), 0) as version,
               count(*) filter (where not success) as failed
          from platform.schema_history) h
