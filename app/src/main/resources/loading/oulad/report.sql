copy (
  select f.outcome, f.kind, f.file, f.line, f.column_name as "column", f.value, f.reason as why
    from oulad_findings f
   order by f.file collate "C", f.line, f.kind collate "C", f.column_name collate "C"
) to stdout with (format csv, header)
