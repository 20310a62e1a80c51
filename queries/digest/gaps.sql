-- What the platforms could not give since yesterday and no later run has read.
-- grain: one row per platform, stretch of time and reason
-- parameters: $brand, $since (start of yesterday, local, UTC), $now (UTC)
-- edition: both
-- shape: gaps
-- place: foot
-- order: 80
SELECT
    gaps.platform,
    gaps.start_at,
    gaps.end_at,
    gaps.reason,
    bool_and(gaps.is_final) AS is_final,
    list_sort(list(DISTINCT gaps.topic)) AS topics
FROM gaps
ANTI JOIN coverage
    ON
        gaps.brand = coverage.brand
        AND gaps.platform = coverage.platform
        AND gaps.topic = coverage.topic
        AND gaps.start_at >= coverage.start_at
        AND gaps.end_at <= coverage.end_at
WHERE
    gaps.brand = $brand
    AND gaps.end_at > $since::TIMESTAMPTZ
    AND gaps.start_at < $now::TIMESTAMPTZ
GROUP BY gaps.platform, gaps.start_at, gaps.end_at, gaps.reason
ORDER BY gaps.start_at, gaps.platform, gaps.reason;
