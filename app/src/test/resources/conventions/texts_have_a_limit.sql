-- Every text has a check of its length, format or values: on the column, in its domain, on what its foreign key points at, or by being computed.
select c.name as object, format('is %s without a check', c.base_type) as fault from our_column c
 where c.kind in ('r', 'p') and c.base_type in ('text', 'text[]', 'extensions.citext', 'character varying', 'bytea') and not c.computed
   and not (c.has_domain and exists (select from pg_constraint d where d.contypid = c.type and d.contype = 'c'))
   and not exists (select from our_constraint k where k.table_oid = c.table_oid and c.short_name::text = any (k.columns)
                     and (k.kind = 'f' or k.kind = 'c' and pg_get_constraintdef(k.oid)
                       ~ format('(length|cardinality)\((btrim\()?\(?%1$s\M|\m%1$s\)?(::text)?\)? (~|=) |CASE %1$s\M', c.short_name)))
