-- What came in each day, and what became of it.
-- grain: one row per brand, platform and day in the brand's time zone, newest first
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it was posted)
SELECT *
FROM daily_metrics_between($since, $until)
WHERE $brand IS NULL OR brand = $brand
ORDER BY day DESC, brand, platform;
