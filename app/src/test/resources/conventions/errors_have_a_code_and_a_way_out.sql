-- Every RAISE EXCEPTION has an errcode TC..., whose first digit is the room's, and a hint.
select f.name as object, format('raises without errcode TC... and hint: %s', left(m[1], 60)) as fault
  from our_function f, regexp_matches(f.body, '\mraise\s+exception\s+([^;]*(?:;(?!\s*\n)[^;]*)*);', 'gi') m
 where f.language = 'plpgsql' and (m[1] !~ 'errcode = ''TC[0-9]{3}''' or m[1] !~ 'hint = ')
 union all
select f.name, format('raises %s, which is not a code of the room %s', m[1], f.room)
  from our_function f, regexp_matches(f.body, 'TC[0-9]{3}', 'g') m
 where substr(m[1], 3, 1)::int <> array_position(array['platform', 'identity', 'catalog', 'learning', 'sales', 'audit', 'reporting', 'analytics'], f.room::text) - 1
