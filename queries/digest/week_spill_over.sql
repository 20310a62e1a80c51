-- Public because another channel failed: which one people named in the week, and usually.
-- grain: one row per channel; usual_count: per week, of the four weeks before
-- parameters: $brand; $since and $until (the week, local, UTC)
-- edition: weekly
-- shape: table
-- order: 60
SELECT
    channel.name AS channel,
    count(*) FILTER (WHERE created_at >= $since::TIMESTAMPTZ) AS in_week_count,
    round(count(*) FILTER (WHERE created_at < $since::TIMESTAMPTZ) / 4, 1) AS usual_count
FROM answers, unnest(spill_over) AS channel (name)
WHERE
    brand = $brand
    AND created_at >= $since::TIMESTAMPTZ - INTERVAL 28 DAY
    AND created_at < $until::TIMESTAMPTZ
    AND NOT is_repost
    AND author_role IN ('community', 'superuser')
GROUP BY channel.name
ORDER BY in_week_count DESC, usual_count DESC, channel;
