-- Every jsonb column has a check of its shape or a domain that has one.
select c.name as object, 'is jsonb without a checked shape' as fault from our_column c
 where c.kind in ('r', 'p') and c.base_type in ('json', 'jsonb')
   and not (c.has_domain and exists (select from pg_constraint d where d.contypid = c.type and d.contype = 'c'))
   and not exists (select from our_constraint k where k.table_oid = c.table_oid and c.short_name::text = any (k.columns) and k.kind = 'c')
