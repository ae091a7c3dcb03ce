-- A business day is a day of the academy, whatever the time zone of the server; a check constraint knows the names.
select case when s.value is null then 'PROBLEM' else 'OK' end as status,
       format('a business day begins and ends in %s', coalesce(s.value #>> '{}', 'no time zone')) as finding,
       case when s.value is null
            then 'Set accounting_time_zone in platform.settings to an IANA name such as "Europe/Paris".' end as remedy
  from (values ('accounting_time_zone')) one (name)
  left join platform.settings s on s.name = one.name
