-- No MERGE, ROLLUP, CUBE, GROUPING SETS, LATERAL .. LIMIT in views and functions.
select q.name as object, format('uses %s', upper(m[1])) as fault
  from (select v.name, pg_get_viewdef(v.oid) from our_relation v where v.kind in ('v', 'm')
         union all
        select f.name, f.body from our_function f where f.language in ('sql', 'plpgsql')) q (name, text),
       regexp_matches(q.text, '\m(merge\s+into|rollup\s*\(|cube\s*\(|grouping\s+sets|lateral\s*\([^)]*\mlimit\M)', 'gi') m
