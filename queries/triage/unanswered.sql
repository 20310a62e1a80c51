-- Mentions that need an answer and to which nobody has replied.
-- grain: one row per open mention, what hurts most first
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it opened); $now (UTC)
SELECT mention.*
FROM waiting($brand, $since, $until, $now)
WHERE status = 'unanswered'
ORDER BY
    list_contains(reasons, 'urgent') DESC,
    is_overdue DESC,
    hurt_score DESC,
    opened_at,
    platform,
    post_id;
