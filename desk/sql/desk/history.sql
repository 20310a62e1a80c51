-- Who did what about a mention and the posts of its thread, oldest first.
-- $brand, $platform, $post_id, $thread_id
SELECT
    acts.seq,
    acts.acted_at,
    acts.who,
    acts.action,
    acts.field,
    acts.value,
    acts.until_at,
    acts.post_id
FROM acts
WHERE
    acts.brand = $brand
    AND acts.platform = $platform
    AND (
        acts.post_id = $post_id
        OR acts.post_id IN (
            SELECT post_id FROM posts WHERE platform = $platform AND thread_id = $thread_id
        )
    )
ORDER BY acts.acted_at;
