-- Public posts that show private data: ask the customer to delete them.
-- grain: one row per mention that still shows private data, answered or not, newest first
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it was posted); $now (UTC)
SELECT
    brand,
    platform,
    post_id,
    author_handle,
    text,
    private_data,
    status,
    moved_private,
    created_at,
    (epoch_us($now) - epoch_us(created_at)) // 1000000 AS shown_seconds,
    assigned_to,
    hurt_score,
    permalink
FROM mention_status
WHERE
    ($brand IS NULL OR brand = $brand)
    AND created_at >= $since
    AND created_at < $until
    AND len(private_data) > 0
    AND status <> 'deleted'
    AND NOT is_repost
    AND author_role IN ('community', 'superuser')
    AND coalesce(snoozed_until_at <= $now, true)
    AND coalesce(done_at < created_at, true)
ORDER BY created_at DESC, platform, post_id;
