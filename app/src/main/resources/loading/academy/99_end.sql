drop function pg_temp.draw(text), pg_temp.bell(text), pg_temp.moment(date, text);
select platform.act_as(null, 'visitor');
