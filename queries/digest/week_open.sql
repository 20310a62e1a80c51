-- What came up in the week and stayed unanswered, what hurts most first: the first 10,000.
-- grain: one row per mention that opened since $since and is still open
-- parameters: $brand, $since (start of the week, local, UTC), $now (UTC)
-- edition: weekly
-- shape: work_list
-- order: 36
-- Columns as in work_list.
WITH worst AS (
    SELECT
        *,
        count(*) OVER (PARTITION BY owner) AS owner_count
    FROM waiting_at($brand, $since::TIMESTAMPTZ, $now::TIMESTAMPTZ)
    ORDER BY points DESC, opened_at, platform, post_id
    LIMIT 10000
)

SELECT
    worst.platform,
    worst.post_id,
    worst.permalink,
    worst.kind,
    worst.author_handle,
    worst.author_name,
    worst.follower_count,
    posts.text,
    worst.created_at,
    worst.status,
    worst.reasons,
    worst.private_data,
    worst.spill_over,
    worst.assigned_to,
    worst.owner,
    worst.owner_count,
    worst.due_at,
    worst.is_overdue,
    worst.open_seconds,
    worst.plain_seconds,
    worst.points AS hurt_score
FROM worst
LEFT JOIN posts -- texts only of what is shown
    ON
        worst.platform = posts.platform
        AND worst.post_id = posts.post_id
        AND worst.created_at = posts.created_at
ORDER BY worst.points DESC, worst.opened_at, worst.platform, worst.post_id;
