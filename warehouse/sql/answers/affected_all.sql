-- Every thread that has posts, and every one that something was derived for; oldest first, so that
-- what is derived lies on disk in the order of time and lists of some days read little.
-- grain: one row per thread; batch_no splits a big rebuild
-- parameters: $batch_size threads
CREATE OR REPLACE TEMP TABLE affected_threads AS
WITH threads AS (
    SELECT platform, thread_id, min(created_at) AS began_at FROM posts GROUP BY ALL
    UNION ALL
    SELECT platform, thread_id, min(created_at) AS began_at FROM answers GROUP BY ALL
    UNION ALL
    SELECT DISTINCT platform, thread_id, NULL AS began_at FROM replies
),

merged AS (
    SELECT platform, thread_id, min(began_at) AS began_at FROM threads GROUP BY ALL
)

SELECT
    platform,
    thread_id,
    (row_number() OVER (ORDER BY began_at) - 1) // $batch_size AS batch_no
FROM merged;
