-- The open mentions, what hurts most first: the first 10,000, as many as a mail can carry.
-- grain: one row per open mention that is not put aside until later
-- parameters: $brand, $now (UTC)
-- shape: work_list
-- order: 20
-- owner: who is assigned, else by the watch-list's routing; owner_count: how many wait there.
-- open_seconds counts office hours only, from the post or from the word that reopened it.
-- hurt_score: what makes waiting worse, in points, 20 of them for being overdue.
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
FROM worst_at($brand, '-infinity'::TIMESTAMPTZ, $now::TIMESTAMPTZ, 10000) AS worst
LEFT JOIN posts -- words only of what is shown
    ON
        worst.platform = posts.platform
        AND worst.post_id = posts.post_id
        AND worst.created_at = posts.created_at
LEFT JOIN authors
    ON posts.platform = authors.platform AND posts.author_id = authors.author_id
ORDER BY worst.points DESC, worst.opened_at, worst.platform, worst.post_id;
