-- What came up in the week and stayed unanswered, what hurts most first: the first 10,000.
-- grain: one row per mention that opened since $since and is still open
-- parameters: $brand, $since (start of the week, local, UTC), $now (UTC)
-- edition: weekly
-- shape: work_list
-- order: 36
-- Columns as in work_list.
SELECT
    worst.platform,
    worst.post_id,
    posts.permalink,
    worst.kind,
    authors.handle AS author_handle,
    authors.name AS author_name,
    authors.follower_count,
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
FROM worst_at($brand, $since::TIMESTAMPTZ, $now::TIMESTAMPTZ, 10000) AS worst
LEFT JOIN posts -- words only of what is shown
    ON
        worst.platform = posts.platform
        AND worst.post_id = posts.post_id
        AND worst.created_at = posts.created_at
LEFT JOIN authors
    ON posts.platform = authors.platform AND posts.author_id = authors.author_id
ORDER BY worst.points DESC, worst.opened_at, worst.platform, worst.post_id;
