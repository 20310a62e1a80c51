-- What had piled up when the office opened in the morning.
-- grain: one row per brand and opening day in the brand's time zone, newest first
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, days that opened then)
-- Backlog: mentions since the last closing that still had no reply; older ones are not counted.
-- keys: opening.day
-- join: INNER JOIN (SELECT office_hours.brand, opens_at, timezone(brands.time_zone,
--   opens_at)::DATE AS day, lag(closes_at) OVER (PARTITION BY brand ORDER BY opens_at) AS
--   closed_at FROM office_hours INNER JOIN brands USING (brand) QUALIFY row_number() OVER
--   (PARTITION BY brand, day ORDER BY opens_at) = 1) AS opening ON mention.brand =
--   opening.brand AND mention.created_at >= opening.closed_at AND mention.created_at <
--   opening.opens_at
-- cases: opening.opens_at >= $since AND opening.opens_at < $until AND mention.needs_answer AND
--   coalesce(mention.first_reply_at >= opening.opens_at, true)
WITH hours AS (
    SELECT
        office_hours.brand,
        opens_at,
        timezone(brands.time_zone, opens_at)::DATE AS day,
        lag(closes_at) OVER (PARTITION BY brand ORDER BY opens_at) AS closed_at
    FROM office_hours
    INNER JOIN brands USING (brand)
    WHERE $brand IS NULL OR brand = $brand
),

openings AS (
    SELECT *
    FROM hours
    WHERE opens_at >= $since AND opens_at < $until
    QUALIFY row_number() OVER (PARTITION BY brand, day ORDER BY opens_at) = 1
),

arrived AS (
    SELECT
        openings.brand,
        openings.opens_at,
        count(*) AS backlog_count,
        count(*) FILTER (WHERE list_contains(answers.reasons, 'complaint')) AS complaint_count,
        count(*) FILTER (WHERE list_contains(answers.reasons, 'urgent')) AS urgent_count,
        median(
            (epoch_us(answers.first_reply_at) - epoch_us(openings.opens_at)) // 1000000
        ) AS reply_median_seconds
    FROM answers
    ASOF INNER JOIN openings
        ON answers.brand = openings.brand AND answers.created_at < openings.opens_at
    WHERE
        ($brand IS NULL OR answers.brand = $brand)
        AND answers.created_at >= $since::TIMESTAMPTZ - INTERVAL 7 DAYS
        AND answers.created_at < $until
        AND answers.created_at >= openings.closed_at
        AND answers.needs_answer
        AND coalesce(answers.first_reply_at >= openings.opens_at, true)
    GROUP BY ALL
)

SELECT
    openings.brand,
    openings.day,
    (epoch_us(openings.opens_at) - epoch_us(openings.closed_at)) // 1000000 AS closed_seconds,
    coalesce(arrived.backlog_count, 0) AS backlog_count,
    coalesce(arrived.complaint_count, 0) AS complaint_count,
    coalesce(arrived.urgent_count, 0) AS urgent_count,
    arrived.reply_median_seconds AS reply_after_opening_median_seconds
FROM openings
LEFT JOIN arrived USING (brand, opens_at)
ORDER BY openings.day DESC, openings.brand;
