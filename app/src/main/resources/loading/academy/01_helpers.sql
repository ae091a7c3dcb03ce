-- Chance without chance: the same key always draws the same number, so that the same day makes the same academy.
-- The session's time zone is the accounting time zone here, so a date plus a time of day is a business moment.
create function pg_temp.draw(key text) returns double precision
  language sql immutable parallel safe
  return (hashtextextended(key, 20) & 9007199254740991)::double precision / 9007199254740992;

-- a draw from the normal distribution (Box and Muller)
create function pg_temp.bell(key text) returns double precision
  language plpgsql immutable parallel safe as $$
begin
  return sqrt(-2 * ln(1 - pg_temp.draw(key))) * cos(2 * pi() * pg_temp.draw(key || '~'));
end
$$;

-- a moment of a day when people learn and buy: few at night, most in the evening
create function pg_temp.moment(day date, key text) returns timestamptz
  language plpgsql stable parallel safe as $$
declare
  hours constant double precision[] := array[0.012, 0.018, 0.022, 0.025, 0.029, 0.037, 0.055, 0.085, 0.125, 0.170, 0.215, 0.265,
    0.320, 0.370, 0.415, 0.460, 0.510, 0.565, 0.630, 0.710, 0.800, 0.885, 0.955];
begin
  return day + make_interval(secs => floor(
    3600 * (width_bucket(pg_temp.draw(key || '.hour'), hours) + pg_temp.draw(key || '.second'))));
end
$$;
