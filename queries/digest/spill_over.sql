-- Public because another channel failed: which one people name, yesterday and in seven days.
-- grain: one row per channel
-- parameters: $brand, $since and $until (yesterday, the brand's local day, UTC)
-- shape: table
-- order: 60
SELECT
    channel.name AS channel,
    count(*) FILTER (WHERE created_at >= $since::TIMESTAMPTZ) AS yesterday_count,
    count(*) AS week_count
FROM answers, unnest(spill_over) AS channel (name)
WHERE
    brand = $brand
    AND created_at >= $until::TIMESTAMPTZ - INTERVAL 7 DAY
    AND created_at < $until::TIMESTAMPTZ
    AND NOT is_repost
    AND author_role IN ('community', 'superuser')
GROUP BY channel.name
ORDER BY week_count DESC, channel;
