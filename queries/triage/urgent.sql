-- Mentions that cannot wait: danger, outage, a deadline.
-- grain: one row per open mention, what hurts most first
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it opened); $now (UTC)
SELECT mention.*
FROM waiting($brand, $since, $until, $now)
WHERE list_contains(reasons, 'urgent')
ORDER BY opened_at, hurt_score DESC, platform, post_id;
