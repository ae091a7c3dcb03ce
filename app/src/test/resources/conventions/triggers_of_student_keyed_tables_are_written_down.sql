-- A trigger on a student-keyed table writes only to the same student; each is named in exceptions.txt with what it does.
select t.name || '.' || g.tgname as object, 'is a trigger on a student-keyed table; say in exceptions.txt what it reads and writes' as fault
  from pg_trigger g join our_table t on t.oid = g.tgrelid and t.student_keyed
 where not g.tgisinternal
