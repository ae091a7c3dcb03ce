-- Counts first, then one row for each kind of finding; of what was rejected the first five, each with its line.
with findings as (
  select f.*, count(*) over (partition by f.outcome, f.kind, f.file) as rows,
         row_number() over (partition by f.outcome, f.kind, f.file order by f.line, f.column_name) as nth
    from oulad_findings f
), lines as (
  select 0 as part, c.n::integer as place, c.outcome, c.what, c.rows, null as file, null::integer as line, null as column_name,
         null as value, null as reason
    from (select row_number() over () as n, v.* from (values /* counts */) v (outcome, what, rows)) c
   union all
  select 1, array_position(array['rejected', 'differs', 'changed', 'noted'], f.outcome), f.outcome, f.kind, f.rows, f.file,
         f.line, f.column_name, left(f.value, 60), f.reason
    from findings f
   where f.nth <= case f.outcome when 'rejected' then 5 else 1 end
)
select l.outcome, l.what, l.rows, l.file, l.line, l.column_name as "column", l.value, l.reason as why
  from lines l
 order by l.part, l.place, l.file collate "C", l.what collate "C", l.line, l.column_name collate "C"
