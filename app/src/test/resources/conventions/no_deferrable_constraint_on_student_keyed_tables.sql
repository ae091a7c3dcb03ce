-- No constraint of a student-keyed table is deferrable.
select c.name as object, format('of %s is deferrable', c.table_name) as fault from our_constraint c where c.student_keyed and c.deferrable
