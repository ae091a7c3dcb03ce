select count(*) as partitions, sum(platform.ensure_partitions('learning.attempts', m.month, m.month)) as made
  from (select distinct date_trunc('month', a.submitted_at, 'UTC') as month from oulad_attempts a where not a.rejected) m;
