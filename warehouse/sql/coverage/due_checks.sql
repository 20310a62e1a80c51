-- Stored posts that the platform has not shown for a while, newest first: have they been edited or
-- deleted? Those that only other brands are named in are theirs to look up.
-- $brand, $platform; $unseen_since (UTC); $most: how many at most.

-- Times alone, then ids and texts of what is left: of many posts that is a tenth of the work.
WITH newest AS (
    SELECT rowid AS row_id
    FROM posts
    WHERE
        platform = $platform
        AND deleted_at IS NULL
        AND coalesce(checked_at, first_seen_at) < $unseen_since
    ORDER BY created_at DESC
    -- a few more, as some are left to other brands: what is cut off comes with the next run
    LIMIT 4 * $most
),

due AS (
    SELECT posts.post_id, posts.created_at
    FROM posts
    SEMI JOIN newest ON posts.rowid = newest.row_id
    WHERE posts.text IS NOT NULL
),

named AS (
    SELECT mentions.post_id, bool_or(mentions.brand = $brand) AS is_ours
    FROM mentions
    INNER JOIN due ON mentions.post_id = due.post_id
    WHERE mentions.platform = $platform
    GROUP BY mentions.post_id
)

SELECT due.post_id
FROM due
LEFT JOIN named ON due.post_id = named.post_id
WHERE coalesce(named.is_ours, TRUE)
ORDER BY due.created_at DESC, due.post_id
LIMIT $most;
