-- Keys and references (id, .._id) are uuid; nothing is numbered by identity, serial or a sequence.
select c.name as object, format('is %s, not uuid', c.base_type) as fault from our_column c
 where (c.short_name = 'id' or c.short_name like '%\_id') and c.base_type <> 'uuid' and c.kind in ('r', 'p')
 union all
select c.name, 'is an identity column' from our_column c where c.is_identity
 union all
select r.name || '.' || s.relname, 'is a sequence' from pg_class s join room r on r.oid = s.relnamespace where s.relkind = 'S'
