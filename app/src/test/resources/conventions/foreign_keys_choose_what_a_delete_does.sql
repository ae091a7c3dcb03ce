-- Every foreign key chooses what a delete does; NO ACTION is no choice.
select c.name as object, format('of %s says nothing about deletes', c.table_name) as fault from our_constraint c
 where c.kind = 'f' and c.delete_action = 'a'
