-- One line of Markdown for each RAISE EXCEPTION of our functions.
with raise (function, statement) as (
  select f.name, m[1] from our_function f, regexp_matches(f.body, '\mraise\s+exception\s+([^;]*(?:;(?!\s*\n)[^;]*)*);', 'gi') m
)
select format('| %s | %s | %s | `%s` |',
         coalesce(substring(statement from 'errcode = ''(TC[0-9]{3})'''), '?'),
         replace(replace(replace(substring(statement from '^''((?:[^'']|'''')*)'''), '''''', ''''), '%', '…'), '|', '\|'),
         replace(replace(substring(statement from 'hint = ''((?:[^'']|'''')*)'''), '''''', ''''), '|', '\|'),
         regexp_replace(function, '\(.*', ''))
  from raise
 order by substring(statement from 'errcode = ''(TC[0-9]{3})'''), function, statement
