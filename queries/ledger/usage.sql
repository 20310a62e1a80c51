-- What reading the platforms took, and what it cost by their price lists.
-- grain: one row per platform, brand and kind of reading (search, own, thread, check)
-- parameters: $brand (NULL: all), $since, $until (UTC, half-open)
SELECT
    platform,
    brand,
    kind,
    sum(request_count)::BIGINT AS request_count,
    sum(post_count)::BIGINT AS post_count,
    sum(user_count)::BIGINT AS user_count,
    sum(cost_usd) AS cost_usd,
    max(used_at) AS last_used_at
FROM usage
WHERE
    ($brand IS NULL OR brand = $brand)
    AND used_at >= $since::TIMESTAMPTZ
    AND used_at < $until::TIMESTAMPTZ
GROUP BY platform, brand, kind
ORDER BY cost_usd DESC, platform, brand, kind;
