-- What came in each day, and what became of it.
-- grain: one row per brand, platform and day in the brand's time zone, newest first
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it was posted)
-- keys: mention.local_at::DATE AS day
-- cases: mention.created_at >= $since AND mention.created_at < $until AND NOT
--   mention.is_repost AND mention.author_role IN ('community', 'superuser')
SELECT *
FROM daily_metrics_between($since, $until)
WHERE $brand IS NULL OR brand = $brand
ORDER BY day DESC, brand, platform;
