-- The session's settings: DuckDB guesses small sizes for tables made a moment ago and would then
-- compare every moment with every office hour.
SET asof_loop_join_threshold = 0;

-- The words that batch/05_readings.sql looks for, as constants so that RE2 compiles them once.
SET VARIABLE moved_private = (
    SELECT string_agg(pattern, '|') FROM phrases WHERE kind = 'moved_private'
);

SET VARIABLE threat = (
    SELECT string_agg(pattern, '|') FROM phrases WHERE kind = 'threat'
);

SET VARIABLE stop_words = (
    SELECT list(word) FROM stop_words
);

-- Members whose replies have changed, for helpers.sql; 21_write.sql fills it.
CREATE OR REPLACE TEMP TABLE touched_members (
    brand VARCHAR, platform VARCHAR, author_id VARCHAR
);
