-- What came up in the week and stayed unanswered, what hurts most first: the first 10,000.
-- grain: one row per mention that opened since $since and is still open
-- parameters: $brand, $since (start of the week, local, UTC), $now (UTC)
-- edition: weekly
-- shape: work_list
-- order: 36
-- Columns as in work_list.
SELECT * EXCLUDE (opened_at)
FROM worst_at($brand, $since::TIMESTAMPTZ, $now::TIMESTAMPTZ, 10000)
ORDER BY hurt_score DESC, opened_at, platform, post_id;
