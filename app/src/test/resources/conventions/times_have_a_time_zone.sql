-- A moment is timestamptz and its name ends in _at, _from, _until; a day is a date.
select c.name as object, format('is %s', c.base_type) as fault from our_column c
 where c.base_type in ('timestamp without time zone', 'time without time zone', 'time with time zone')
    or c.short_name ~ '_at$' and c.base_type <> 'timestamp with time zone'
 union all
select c.name, 'is a moment whose name does not end in _at, _from or _until' from our_column c
 where c.base_type = 'timestamp with time zone' and c.kind in ('r', 'p') and c.short_name !~ '_(at|from|until)$'
