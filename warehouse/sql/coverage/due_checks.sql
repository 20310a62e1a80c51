-- Stored posts that the platform has not shown for a while: have they been edited or deleted?
-- Those of open mentions come first, then the newest; $only_open leaves out all others.
-- $brand, $platform; $unseen_since (UTC); $most: how many at most.
WITH stored AS (
    SELECT
        posts.post_id, posts.created_at, posts.checked_at, bool_or(
            answers.needs_answer
            AND answers.status IN ('unanswered', 'holding', 'deflected', 'reopened')
        ) AS is_open
    FROM posts
    LEFT JOIN mentions
        ON posts.platform = mentions.platform AND posts.post_id = mentions.post_id
    LEFT JOIN answers
        ON posts.platform = answers.platform AND posts.post_id = answers.post_id
    WHERE
        posts.platform = $platform
        AND posts.deleted_at IS NULL
        AND posts.text IS NOT NULL
        AND coalesce(posts.checked_at, posts.first_seen_at) < $unseen_since
        -- what is no mention of anybody is looked up with the first brand that asks
        AND (mentions.brand IS NULL OR mentions.brand = $brand)
    GROUP BY ALL
)

SELECT post_id
FROM stored
WHERE is_open OR NOT $only_open
ORDER BY is_open DESC NULLS LAST, created_at DESC, post_id
LIMIT $most;
