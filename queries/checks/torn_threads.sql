-- severity: fail
-- Posts that are in another thread than the post they hang below.
-- grain: one row per post
-- parameters: none
WITH above AS (
    SELECT
        platform,
        post_id,
        thread_id,
        CASE
            WHEN root_id <> post_id THEN root_id
            WHEN reply_to_id <> post_id THEN reply_to_id
            WHEN quote_of_id <> post_id THEN quote_of_id
        END AS next_id
    FROM posts
)

SELECT
    above.platform,
    above.post_id,
    above.thread_id,
    above.next_id,
    coalesce(next_posts.thread_id, above.next_id, above.post_id) AS expected_thread_id
FROM above
LEFT JOIN posts AS next_posts
    ON above.platform = next_posts.platform AND above.next_id = next_posts.post_id
WHERE above.thread_id <> expected_thread_id
ORDER BY above.platform, above.post_id;
