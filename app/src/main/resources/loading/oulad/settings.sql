-- Plenty of memory for one session, and no compiler for queries that run once.
set search_path = pg_catalog, pg_temp;
set temp_buffers = '64MB';
set work_mem = '64MB';
set jit = off;
