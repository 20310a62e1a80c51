-- The threads to rebuild.
-- grain: one row per thread; batch_no splits a big rebuild
-- parameters: $batch_size threads
CREATE OR REPLACE TEMP TABLE affected_threads AS
WITH threads AS (
    SELECT DISTINCT platform, thread_id FROM dirty_threads
)

SELECT
    platform,
    thread_id,
    (row_number() OVER () - 1) // $batch_size AS batch_no
FROM threads;
