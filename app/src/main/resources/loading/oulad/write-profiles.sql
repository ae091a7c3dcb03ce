insert into identity.instructor_profiles (user_id, display_name, bio)
select distinct o.instructor_id, 'Open University, module ' || o.code_module,
       'The people who taught this module, whose names the data set does not tell.'
  from oulad_offerings o
 where not exists (select from identity.instructor_profiles known where known.user_id = o.instructor_id);
