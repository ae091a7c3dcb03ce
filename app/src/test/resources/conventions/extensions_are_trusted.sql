-- The owner of a managed database installs only trusted extensions, all into the schema extensions.
select e.extname as object, 'is not trusted or not in the schema extensions' as fault from pg_extension e
  join pg_available_extension_versions v on v.name = e.extname and v.version = e.extversion
 where e.extname <> 'plpgsql' and (not v.trusted or e.extnamespace <> 'extensions'::regnamespace)
