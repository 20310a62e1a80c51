-- severity: warn
-- Posts and coverage later than now: some clock was, or is, wrong.
-- grain: one row per table and platform
-- parameters: $now (UTC)
SELECT 'posts' AS stored_in, platform, count(*) AS row_count, max(created_at) AS latest_at
FROM posts
WHERE created_at > $now + INTERVAL 1 HOUR
GROUP BY platform
UNION ALL
SELECT 'coverage' AS stored_in, platform, count(*) AS row_count, max(end_at) AS latest_at
FROM coverage
WHERE end_at > $now + INTERVAL 1 HOUR
GROUP BY platform
ORDER BY stored_in, platform;
