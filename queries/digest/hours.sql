-- When people write: mentions of the last four weeks by weekday and hour.
-- grain: one row per weekday (1 = Monday) and hour of the brand's clock that had mentions
-- parameters: $brand, $until (end of yesterday, local, UTC)
-- edition: both
-- shape: hours
-- order: 50
WITH mention AS (
    SELECT
        created_at,
        local_at
    FROM answers
    WHERE
        brand = $brand
        AND created_at >= $until::TIMESTAMPTZ - INTERVAL 28 DAY
        AND created_at < $until::TIMESTAMPTZ
        AND NOT is_repost
        AND author_role IN ('community', 'superuser')
),

clock AS (
    SELECT
        opens_at,
        closes_at
    FROM office_hours
    WHERE brand = $brand
),

office AS (
    -- A brand without office hours never closes.
    SELECT count(*) > 0 AS does_close
    FROM clock
)

SELECT
    isodow(local_at) AS weekday,
    hour(local_at) AS hour,
    count(*) AS mention_count,
    count(*) FILTER (
        WHERE office.does_close AND coalesce(mention.created_at >= clock.closes_at, TRUE)
    ) AS outside_count
FROM mention
CROSS JOIN office
ASOF LEFT JOIN clock ON mention.created_at >= clock.opens_at
GROUP BY ALL
ORDER BY weekday, hour;
