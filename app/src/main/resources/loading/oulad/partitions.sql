-- The months in which submissions lie, and this month for the change log. Made by the owner, in a transaction of its own.
select platform.ensure_partitions()
union all
select platform.ensure_partitions('learning.attempts', m.month, m.month)
  from (select distinct date_trunc('month', a.submitted_at, 'UTC') as month from oulad_attempts a where not a.rejected) m;
