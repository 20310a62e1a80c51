-- Questions that wait for an answer.
-- grain: one row per open mention, what hurts most first
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it opened); $now (UTC)
SELECT
    brand,
    platform,
    post_id,
    author_handle,
    text,
    status,
    reasons,
    opened_at,
    due_at,
    due_at <= $now AS is_overdue,
    (epoch_us($now) - epoch_us(opened_at)) // 1000000 AS waiting_seconds,
    assigned_to,
    hurt_score,
    permalink,
    lang
FROM open_mentions
WHERE
    ($brand IS NULL OR brand = $brand)
    AND opened_at >= $since
    AND opened_at < $until
    AND coalesce(snoozed_until_at <= $now, true)
    AND list_contains(reasons, 'question')
ORDER BY
    list_contains(reasons, 'urgent') DESC,
    is_overdue DESC,
    hurt_score DESC,
    opened_at,
    platform,
    post_id;
