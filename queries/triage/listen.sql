-- What people say about the brand without needing an answer; who is heard most first.
-- grain: one row per mention that needs no answer
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it was posted)
SELECT
    brand,
    platform,
    post_id,
    author_handle,
    follower_count,
    text,
    kind,
    sentiment,
    praise,
    created_at,
    coalesce(like_count, 0) + coalesce(repost_count, 0) AS echo_count,
    view_count,
    permalink
FROM mention_status
WHERE
    ($brand IS NULL OR brand = $brand)
    AND created_at >= $since
    AND created_at < $until
    AND NOT needs_answer
    AND follows_id IS NULL
    AND NOT is_repost
    AND status <> 'deleted'
    AND author_role IN ('community', 'superuser')
ORDER BY
    ln(1 + coalesce(follower_count, 0)) + 2 * ln(1 + echo_count) DESC,
    created_at DESC,
    platform,
    post_id;
