-- The extensions that the schema stands on, in their own schema, as new as the server has them.
select case when missing is not null then 'PROBLEM' when old is not null then 'NOTE' else 'OK' end as status,
       coalesce('missing: ' || missing, 'older than the server offers: ' || old, 'all are there: ' || present) as finding,
       case when missing is not null then 'Install them: create extension NAME schema extensions.'
            when old is not null then 'Update them: alter extension NAME update.' end as remedy
  from (select string_agg(n.name, ', ') filter (where e.extname is null) as missing,
               string_agg(n.name, ', ') filter (where e.extversion <> a.default_version) as old,
               string_agg(n.name, ', ') filter (where e.extname is not null) as present
          from unnest(array['btree_gist', 'citext', 'pg_trgm', 'unaccent']) n (name)
          left join pg_extension e on e.extname = n.name and e.extnamespace = to_regnamespace('extensions')
          left join pg_available_extensions a on a.name = n.name) x
