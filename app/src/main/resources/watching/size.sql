-- How large the database is. Looked at every five minutes: the server asks the disk for each file.
-- techcourse_database_bytes: Size of the database on the disk.
select pg_database_size(current_database()) as techcourse_database_bytes
