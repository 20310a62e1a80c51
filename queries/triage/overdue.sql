-- Mentions that have waited longer than the brand allows, in office hours.
-- grain: one row per open mention, what hurts most first
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it opened); $now (UTC)
SELECT
    mention.*,
    (epoch_us($now) - epoch_us(due_at)) // 1000000 AS overdue_seconds
FROM waiting($brand, $since, $until, $now)
WHERE due_at <= $now
ORDER BY hurt_score DESC, due_at, platform, post_id;
