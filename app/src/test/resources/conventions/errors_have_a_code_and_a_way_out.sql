-- Style rule 9: every RAISE EXCEPTION has an errcode TC... and a hint.
select f.name as object, format('raises without errcode TC... and hint: %s', left(m[1], 60)) as fault
  from our_function f, regexp_matches(f.body, '\mraise\s+exception\s+([^;]*(?:;(?!\s*\n)[^;]*)*);', 'gi') m
 where f.language = 'plpgsql' and (m[1] !~ 'errcode = ''TC[0-9]{3}''' or m[1] !~ 'hint = ')
