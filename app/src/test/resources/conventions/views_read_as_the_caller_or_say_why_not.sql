-- A view is security_invoker, or belongs to techcourse_reader and its file says why ("not security_invoker: ..").
select v.name as object, format('reads as %s; make it security_invoker or give it to techcourse_reader', v.owner::regrole) as fault from our_relation v
 where v.kind in ('v', 'm') and not coalesce(v.options && array['security_invoker=true', 'security_invoker=on', 'security_invoker=1'], false)
   and v.owner <> 'techcourse_reader'::regrole
 union all
select v.name, 'reads as techcourse_reader, and its file does not say why it is "not security_invoker"' from our_relation v
 where v.kind in ('v', 'm') and v.owner = 'techcourse_reader'::regrole
   and not exists (select from source_file s where s.body ~ ('view\s+' || v.name || '\M') and s.body ~ 'not security_invoker')
