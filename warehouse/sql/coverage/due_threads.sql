-- Conversations of open mentions that are due for another look, with how far they were read.
-- New ones every 15 minutes for two hours, then hourly for a day, then daily.
-- $brand, $platform; $now, $earliest (UTC): older mentions are not followed any more;
-- $most: how many at most; $root_ids, $checked: conversations in files that are not loaded yet, and
-- how far those read.
WITH all_checks AS (
    SELECT root_id, checked_at
    FROM thread_checks
    WHERE brand = $brand AND platform = $platform
    UNION ALL
    SELECT
        unnest($root_ids::VARCHAR[]) AS root_id,
        unnest($checked::TIMESTAMPTZ[]) AS checked_at
),

checks AS (
    SELECT root_id, max(checked_at) AS checked_at
    FROM all_checks
    GROUP BY root_id
),

open_roots AS (
    SELECT
        coalesce(posts.root_id, answers.thread_id) AS root_id,
        max(answers.opened_at) AS opened_at
    FROM answers
    INNER JOIN posts
        ON answers.platform = posts.platform AND answers.post_id = posts.post_id
    WHERE
        answers.brand = $brand
        AND answers.platform = $platform
        AND answers.needs_answer
        AND answers.status IN ('unanswered', 'holding', 'deflected', 'reopened')
        AND answers.opened_at >= $earliest
    GROUP BY ALL
)

SELECT open_roots.root_id, checks.checked_at
FROM open_roots
LEFT JOIN checks USING (root_id)
WHERE
    checks.checked_at IS NULL
    OR checks.checked_at <= $now - CASE
        WHEN $now - open_roots.opened_at < INTERVAL 2 HOURS THEN INTERVAL 15 MINUTES
        WHEN $now - open_roots.opened_at < INTERVAL 24 HOURS THEN INTERVAL 1 HOUR
        ELSE INTERVAL 24 HOURS
    END
ORDER BY checks.checked_at NULLS FIRST, open_roots.root_id
LIMIT $most;
