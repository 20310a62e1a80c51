-- What the platforms could not give and no later run has read.
-- grain: one row per brand, platform, stretch of time and reason
-- parameters: $brand (NULL: all), $since, $until (UTC, half-open; a gap that touches them counts)
SELECT
    gaps.brand,
    gaps.platform,
    gaps.start_at,
    gaps.end_at,
    gaps.reason,
    bool_and(gaps.is_final) AS is_final,
    list_sort(list(DISTINCT gaps.topic)) AS topics,
    max(gaps.detail) AS detail
FROM gaps
ANTI JOIN coverage
    ON
        gaps.brand = coverage.brand
        AND gaps.platform = coverage.platform
        AND gaps.topic = coverage.topic
        AND gaps.start_at >= coverage.start_at
        AND gaps.end_at <= coverage.end_at
WHERE
    ($brand IS NULL OR gaps.brand = $brand)
    AND gaps.end_at > $since::TIMESTAMPTZ
    AND gaps.start_at < $until::TIMESTAMPTZ
GROUP BY gaps.brand, gaps.platform, gaps.start_at, gaps.end_at, gaps.reason
ORDER BY gaps.start_at DESC, gaps.brand, gaps.platform, gaps.reason;
