-- The open mentions, what hurts most first: the first 10,000, as many as a mail can carry.
-- grain: one row per open mention that is not put aside until later
-- parameters: $brand, $now (UTC)
-- shape: work_list
-- order: 20
-- owner: who is assigned, else by the watch-list's routing; owner_count: how many wait there.
-- open_seconds counts office hours only, from the post or from the word that reopened it.
-- hurt_score: what makes waiting worse, in points, 20 of them for being overdue.
WITH worst AS (
    SELECT
        *,
        count(*) OVER (PARTITION BY owner) AS owner_count
    FROM waiting_at($brand, '-infinity'::TIMESTAMPTZ, $now::TIMESTAMPTZ)
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
