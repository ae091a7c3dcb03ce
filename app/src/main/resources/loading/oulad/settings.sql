-- Plenty of memory for one session, and no compiler for queries that run once.
set search_path = pg_catalog, pg_temp;
-- days of 24 hours: a presentation starts in winter and ends in summer time
set timezone = 'UTC';
set temp_buffers = '64MB';
set work_mem = '64MB';
set jit = off;
