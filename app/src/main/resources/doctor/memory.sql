-- shared_buffers beside the memory of the machine (known only where the database runs beside this command).
select case when memory = 0 then 'OK' when buffers > 0.5 * memory then 'PROBLEM'
            when buffers < 0.03 * memory and buffers < 128 * 1048576.0 then 'NOTE' else 'OK' end as status,
       format('shared_buffers is %s%s', pg_size_pretty(buffers::bigint),
         case when memory > 0 then format(' of %s', pg_size_pretty(memory::bigint)) else '' end) as finding,
       case when memory > 0 and buffers > 0.5 * memory then 'Lower shared_buffers to a quarter of the memory, and restart.'
            when memory > 0 and buffers < 0.03 * memory and buffers < 128 * 1048576.0
            then 'Raise shared_buffers to a quarter of the memory, and restart.' end as remedy
  from (select setting::numeric * 8192 as buffers, :machine_memory::numeric as memory
          from pg_settings where name = 'shared_buffers') s
