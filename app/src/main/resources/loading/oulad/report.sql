copy (
  select f.outcome, f.kind, f.file, f.line, f.column_name as "column", f.value, f.reason as why
    from oulad_findings f
   order by f.file, f.line, f.kind, f.column_name
) to stdout with (format csv, header)
