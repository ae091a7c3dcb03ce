-- For the doctor and the metrics, who may know how many differences there were, and not which.
create or replace function reporting.newest_book_check() returns table (checked_at timestamptz, differences integer)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select c.checked_at, c.differences from reporting.book_checks c order by c.id desc limit 1;
end;
comment on function reporting.newest_book_check() is
  'When the academy last looked whether its books agree, and how many differences it found; no row: never.';
grant execute on function reporting.newest_book_check() to techcourse_app;
call platform.give_function('reporting.newest_book_check()', 'techcourse_reader');
