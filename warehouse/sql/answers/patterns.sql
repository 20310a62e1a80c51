-- The phrases that batch/05_readings.sql looks for, as one constant so that RE2 compiles it once.
SET VARIABLE moved_private = (
    SELECT string_agg(pattern, '|') FROM phrases WHERE kind = 'moved_private'
);
