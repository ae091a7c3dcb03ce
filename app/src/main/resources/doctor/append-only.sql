-- The triggers that keep the log and the books append only fire for everyone.
with expected (relation, name) as (values
  ('audit.change_log', 'change_log_append_only'), ('audit.change_log', 'change_log_never_truncated'),
  ('audit.seals', 'seals_append_only'), ('audit.seals', 'seals_never_truncated'),
  ('sales.ledger_entries', 'ledger_entries_append_only'), ('sales.refunds', 'refunds_append_only'),
  ('catalog.courses', 'courses_audit')
), wanted as (
  select e.relation, e.name from expected e
  union
  select h.inhrelid::regclass::text, e.name from expected e
    join pg_inherits h on h.inhparent = to_regclass(e.relation) join pg_class p on p.oid = h.inhrelid and p.relkind = 'r'
), missing as (
  select w.relation from wanted w
   where not exists (select from pg_trigger t
                      where t.tgrelid = to_regclass(w.relation) and t.tgname = w.name and t.tgenabled = 'A')
)
select case when count(*) > 0 then 'PROBLEM' else 'OK' end as status,
       case when count(*) > 0 then format('a guard is missing or off on: %s', string_agg(distinct relation, ', '))
            else 'the guards of the log, the seals, the books and the prices are on' end as finding,
       case when count(*) > 0 then 'alter table NAME enable always trigger NAME, then run ./techcourse audit verify.' end as remedy
  from missing
