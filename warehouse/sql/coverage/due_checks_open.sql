-- Posts of open mentions that the platform has not shown for a while, newest first.
-- $brand, $platform; $unseen_since (UTC); $most: how many at most.
WITH open_mentions AS (
    SELECT post_id
    FROM answers
    WHERE
        brand = $brand
        AND platform = $platform
        AND needs_answer
        AND status IN ('unanswered', 'holding', 'deflected', 'reopened')
)

SELECT posts.post_id
FROM posts
SEMI JOIN open_mentions ON posts.post_id = open_mentions.post_id
WHERE
    posts.platform = $platform
    AND posts.deleted_at IS NULL
    AND posts.text IS NOT NULL
    AND coalesce(posts.checked_at, posts.first_seen_at) < $unseen_since
ORDER BY posts.created_at DESC, posts.post_id
LIMIT $most;
