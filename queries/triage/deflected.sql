-- Mentions that were sent elsewhere and got no answer in public.
-- grain: one row per open mention, what hurts most first
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it opened); $now (UTC)
SELECT
    mention.*,
    first_reply_at,
    first_reply_by,
    moved_private
FROM waiting($brand, $since, $until, $now)
WHERE status = 'deflected'
ORDER BY
    list_contains(reasons, 'urgent') DESC,
    is_overdue DESC,
    hurt_score DESC,
    first_reply_at,
    platform,
    post_id;
