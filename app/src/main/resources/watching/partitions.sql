-- Months to come that have their partitions already.
-- techcourse_partitions_ahead_seconds: Time until the first moment without a partition.
select p.table_name as "table",
       extract(epoch from (select to_date(max(right(c.relname, 6)), 'YYYYMM') + interval '1 month'
                             from pg_inherits h join pg_class c on c.oid = h.inhrelid
                            where h.inhparent = to_regclass(p.table_name) and c.relname ~ '_p\d{6}$')
                          - now() at time zone 'UTC') as techcourse_partitions_ahead_seconds
  from platform.partition_plan p
