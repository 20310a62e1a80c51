-- Every thread that has posts, and every one that something was derived for.
-- grain: one row per thread; batch_no splits a big rebuild
-- parameters: $batch_size threads
CREATE OR REPLACE TEMP TABLE affected_threads AS
WITH threads AS (
    SELECT platform, thread_id FROM posts
    UNION
    SELECT platform, thread_id FROM answers
    UNION
    SELECT platform, thread_id FROM replies
)

SELECT
    platform,
    thread_id,
    (row_number() OVER () - 1) // $batch_size AS batch_no
FROM threads;
