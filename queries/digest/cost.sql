-- What reading has cost since the month began.
-- grain: one row per platform with use in the brand's local month of $now
-- parameters: $brand, $now (UTC)
-- edition: both
-- shape: cost
-- place: foot
-- order: 90
SELECT
    usage.platform,
    sum(usage.request_count)::BIGINT AS request_count,
    sum(usage.post_count)::BIGINT AS post_count,
    sum(usage.cost_usd) AS cost_usd
FROM usage
INNER JOIN brands USING (brand)
WHERE
    usage.brand = $brand
    AND usage.used_at <= $now::TIMESTAMPTZ
    AND usage.used_at >= timezone(
        brands.time_zone, date_trunc('month', timezone(brands.time_zone, $now::TIMESTAMPTZ))
    )
GROUP BY usage.platform
ORDER BY usage.platform;
