-- How far each platform has been read.
-- grain: one row per watched platform; read_until_at is NULL where nothing was ever read
-- parameters: $brand, $now (UTC)
-- edition: both
-- shape: freshness
-- place: foot
-- order: 70
SELECT
    brand_platforms.platform,
    CASE WHEN max(coverage.end_at) > $now::TIMESTAMPTZ THEN $now ELSE max(coverage.end_at) END
        AS read_until_at,
    coalesce(max(coverage.end_at) < $now::TIMESTAMPTZ - INTERVAL 3 HOUR, TRUE) AS is_stale
FROM brand_platforms
LEFT JOIN coverage USING (brand, platform)
WHERE brand_platforms.brand = $brand
GROUP BY brand_platforms.platform
ORDER BY brand_platforms.platform;
