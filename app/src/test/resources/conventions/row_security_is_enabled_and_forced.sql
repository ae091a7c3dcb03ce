-- Row security is enabled and forced on every table; the few without personal or money rows are named in exceptions.txt.
select t.name as object, case when t.secured then 'does not force row security on its owner' else 'has no row security' end as fault
  from our_table t where not (t.secured and t.forced)
