-- severity: fail
-- Posts whose words or author should be gone: deleted, forgotten, or past their retention.
-- grain: one row per post
-- parameters: none
SELECT
    posts.platform,
    posts.post_id,
    posts.deleted_at,
    posts.text IS NOT NULL AS has_text,
    posts.author_id IS NOT NULL AS has_author
FROM posts
WHERE
    (posts.text IS NOT NULL OR posts.author_id IS NOT NULL)
    AND (
        posts.deleted_at IS NOT NULL
        OR EXISTS (
            FROM tombstones
            WHERE
                tombstones.platform = posts.platform
                AND tombstones.post_id = posts.post_id
                AND (posts.text IS NOT NULL OR tombstones.reason = 'forgotten')
        )
        OR EXISTS (
            FROM tombstones
            WHERE tombstones.author_hash = sha256(posts.platform || ':' || posts.author_id)
        )
    )
ORDER BY posts.platform, posts.post_id;
