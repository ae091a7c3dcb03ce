-- The price changes, one by one and in order, each by the person who made it: the audit writes them down as they happen.
do $$
declare
  change record;
begin
  for change in
    select p.*, case p.changed_by when 'instructor' then p.instructor_id else (select s.id from staff s where s.role = 'admin') end as actor_id
      from price_change_plan p order by p.changed_at, p.n
  loop
    perform platform.act_as(change.actor_id, change.changed_by);
    update catalog.courses c set price = change.price where c.id = change.course_id;
  end loop;
end
$$;
