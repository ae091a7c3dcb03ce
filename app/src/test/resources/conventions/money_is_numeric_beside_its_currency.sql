-- Money is numeric, with its ISO 4217 currency in the column beside it; floats are nowhere.
select c.name as object, format('is %s', c.base_type) as fault from our_column c
 where c.base_type in ('real', 'double precision', 'money') and c.kind in ('r', 'p')
    or c.base_type <> 'numeric' and c.short_name ~ '(^|_)(amount|price|revenue)$'
 union all
select c.name, 'has no column currency beside it' from our_column c
 where (c.type_name = 'platform.money_amount' or c.short_name ~ '(^|_)(amount|price|revenue)$')
   and not exists (select from our_column k where k.table_oid = c.table_oid and k.short_name = 'currency'
                     and (k.type_name = 'platform.currency_code' or k.kind = 'v'))
 union all
select c.name, format('is %s, not platform.currency_code', c.type_name) from our_column c
 where c.short_name ~ '(^|_)currency$' and c.kind in ('r', 'p') and c.type_name <> 'platform.currency_code'
