-- Stored posts of open mentions that the platform has not shown for a day: have they been edited
-- or deleted? $brand, $platform; $unseen_since (UTC); $most: how many at most, the longest unseen.
SELECT posts.post_id
FROM posts
INNER JOIN answers
    ON posts.platform = answers.platform AND posts.post_id = answers.post_id
WHERE
    answers.brand = $brand
    AND answers.platform = $platform
    AND answers.needs_answer
    AND answers.status IN ('unanswered', 'holding', 'deflected', 'reopened')
    AND posts.deleted_at IS NULL
    AND coalesce(posts.checked_at, posts.first_seen_at) < $unseen_since
ORDER BY posts.checked_at NULLS FIRST, posts.post_id
LIMIT $most;
