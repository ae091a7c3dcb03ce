-- TechCourse is tested on PostgreSQL 15 to 18.
select case when v < 150000 then 'PROBLEM' when v >= 190000 then 'NOTE' else 'OK' end as status,
       format('PostgreSQL %s', current_setting('server_version')) as finding,
       case when v < 150000 then 'Upgrade the server to PostgreSQL 15 or newer.'
            when v >= 190000 then 'This major version is not tested with TechCourse yet; try it on a copy first.' end as remedy
  from (select current_setting('server_version_num')::int as v) s
