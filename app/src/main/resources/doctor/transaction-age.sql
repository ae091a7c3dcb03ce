-- Transaction numbers come round after two billion; vacuum must freeze old rows before.
select case when age > 1200000000 then 'PROBLEM' when age > 500000000 then 'NOTE' else 'OK' end as status,
       format('the oldest unfrozen transaction is %s million old, of 2,000', round(age / 1e6)) as finding,
       case when age > 500000000 then 'vacuum (freeze) the oldest tables, and look for long transactions, prepared transactions and unread slots.' end as remedy
  from (select greatest(age(datfrozenxid), mxid_age(datminmxid)) as age from pg_database where datname = current_database()) d
