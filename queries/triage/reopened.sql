-- Customers who came back after an answer: it did not help.
-- grain: one row per open mention, what hurts most first
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it opened); $now (UTC)
SELECT
    mention.*,
    reopened_count,
    first_answer_at
FROM waiting($brand, $since, $until, $now)
WHERE status = 'reopened'
ORDER BY
    list_contains(reasons, 'urgent') DESC,
    is_overdue DESC,
    reopened_count DESC,
    hurt_score DESC,
    opened_at,
    platform,
    post_id;
