-- Praise, so that somebody can say thank you; what nobody has reacted to first.
-- grain: one row per mention that praises and does not complain
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it was posted)
SELECT
    brand,
    platform,
    post_id,
    author_handle,
    follower_count,
    text,
    created_at,
    praise_score,
    status <> 'unanswered' AS has_reaction,
    coalesce(like_count, 0) + coalesce(repost_count, 0) AS echo_count,
    permalink
FROM mention_status
WHERE
    ($brand IS NULL OR brand = $brand)
    AND created_at >= $since
    AND created_at < $until
    AND praise
    AND NOT coalesce(complaint, false)
    AND follows_id IS NULL
    AND NOT is_repost
    AND status <> 'deleted'
    AND author_role IN ('community', 'superuser')
ORDER BY
    has_reaction,
    ln(1 + coalesce(follower_count, 0)) + 2 * ln(1 + echo_count) DESC,
    created_at DESC,
    platform,
    post_id;
