-- Analysts follow a student through the data without knowing who it is: the views show a keyed hash of the id.
-- Without the salt nobody, not even who knows all ids, can find out which student a hash stands for.
create table analytics.student_key_salt (
  only_one boolean not null default true,
  salt bytea not null,
  constraint student_key_salt_only_one_pkey primary key (only_one),
  constraint student_key_salt_only_one_check check (only_one),
  constraint student_key_salt_length_check check (length(salt) = 32)
);
comment on table analytics.student_key_salt is
  'The secret behind analytics'' student keys, made at random for each academy; only the owner of the views reads it. Shard class: reference.';
comment on column analytics.student_key_salt.only_one is 'Always true: there is one row.';
comment on column analytics.student_key_salt.salt is '32 random bytes. Secret.';
insert into analytics.student_key_salt (salt)
values (sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));
alter table analytics.student_key_salt enable row level security;
alter table analytics.student_key_salt force row level security;
create policy student_key_salt_reader_policy on analytics.student_key_salt for select to techcourse_reader using (true);
grant select on analytics.student_key_salt to techcourse_reader;
insert into platform.shard_plan (table_name, class) values ('analytics.student_key_salt', 'reference');
