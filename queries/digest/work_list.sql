-- The open mentions, what hurts most first: the first 10,000, as many as a mail can carry.
-- grain: one row per open mention that is not put aside until later
-- parameters: $brand, $now (UTC)
-- shape: work_list
-- order: 20
-- owner: who is assigned, else by the watch-list's routing; owner_count: how many wait there.
-- open_seconds counts office hours only, from the post or from the word that reopened it.
-- hurt_score: what makes waiting worse, in points, 20 of them for being overdue.
SELECT * EXCLUDE (opened_at)
FROM worst_at($brand, '-infinity'::TIMESTAMPTZ, $now::TIMESTAMPTZ, 10000)
ORDER BY hurt_score DESC, opened_at, platform, post_id;
