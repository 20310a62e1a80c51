-- severity: fail
-- Posts whose words or author should be gone: deleted, forgotten, or past their retention.
-- is_shown: lists still show what the post has lost.
-- grain: one row per post
-- parameters: none
WITH people AS (
    SELECT DISTINCT platform, author_id
    FROM posts
    WHERE author_id IS NOT NULL
),

forgotten AS (
    SELECT people.platform, people.author_id
    FROM people
    INNER JOIN tombstones
        ON sha256(people.platform || ':' || people.author_id) = tombstones.author_hash
),

erased AS (
    SELECT platform, post_id
    FROM posts
    WHERE deleted_at IS NOT NULL
    UNION
    SELECT posts.platform, posts.post_id
    FROM posts
    INNER JOIN tombstones USING (platform, post_id)
    WHERE posts.text IS NOT NULL OR tombstones.reason = 'forgotten'
    UNION
    SELECT posts.platform, posts.post_id
    FROM posts
    INNER JOIN forgotten USING (platform, author_id)
),

shown AS (
    SELECT DISTINCT posts.platform, posts.post_id
    FROM posts
    INNER JOIN answers USING (platform, post_id)
    WHERE
        (posts.text IS NULL AND answers.text IS NOT NULL)
        OR (posts.author_id IS NULL AND answers.author_handle IS NOT NULL)
)

SELECT
    posts.platform,
    posts.post_id,
    posts.deleted_at,
    posts.text IS NOT NULL AS has_text,
    posts.author_id IS NOT NULL AS has_author,
    shown.post_id IS NOT NULL AS is_shown
FROM posts
LEFT JOIN erased USING (platform, post_id)
LEFT JOIN shown USING (platform, post_id)
WHERE
    shown.post_id IS NOT NULL
    OR (
        erased.post_id IS NOT NULL AND (posts.text IS NOT NULL OR posts.author_id IS NOT NULL)
    )
ORDER BY posts.platform, posts.post_id;
