-- Which part of the mentions comes in office hours, breaks, evenings, nights, weekends, holidays.
-- grain: one row per brand and part of the week, the largest first
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it was posted)
-- holiday: closed all day on a weekday that is usually open; evening: from 18:00 to midnight;
-- night: before 07:00; break: any other closed time.
-- keys: mention.local_at
-- cases: mention.created_at >= $since AND mention.created_at < $until AND NOT
--   mention.is_repost AND mention.author_role IN ('community', 'superuser')
WITH hours AS (
    SELECT
        office_hours.brand,
        opens_at,
        closes_at,
        timezone(brands.time_zone, opens_at)::DATE AS day
    FROM office_hours
    INNER JOIN brands USING (brand)
    WHERE $brand IS NULL OR brand = $brand
),

open_days AS (
    SELECT DISTINCT brand, day FROM hours
),

open_weekdays AS (
    SELECT DISTINCT brand, isodow(day) AS weekday FROM open_days
),

mention AS (
    SELECT
        answers.brand,
        answers.created_at,
        answers.needs_answer,
        answers.first_reply_seconds,
        answers.local_at,
        answers.local_at::DATE AS day
    FROM answers
    WHERE
        ($brand IS NULL OR answers.brand = $brand)
        AND answers.created_at >= $since
        AND answers.created_at < $until
        AND NOT answers.is_repost
        AND answers.author_role IN ('community', 'superuser')
),

placed AS (
    SELECT
        mention.*,
        CASE
            WHEN coalesce(mention.created_at < hours.closes_at, false) THEN 'open'
            WHEN mention.brand NOT IN (SELECT office_hours.brand FROM office_hours) THEN 'open'
            WHEN open_days.day IS NULL AND open_weekdays.weekday IS NOT NULL THEN 'holiday'
            WHEN isodow(mention.day) >= 6 THEN 'weekend'
            WHEN hour(mention.local_at) >= 18 THEN 'evening'
            WHEN hour(mention.local_at) < 7 THEN 'night'
            ELSE 'break'
        END AS part
    FROM mention
    ASOF LEFT JOIN hours ON mention.brand = hours.brand AND mention.created_at >= hours.opens_at
    LEFT JOIN open_days ON mention.brand = open_days.brand AND mention.day = open_days.day
    LEFT JOIN open_weekdays
        ON mention.brand = open_weekdays.brand AND isodow(mention.day) = open_weekdays.weekday
)

SELECT
    brand,
    part,
    count(*) AS mention_count,
    round(100.0 * count(*) / sum(count(*)) OVER (PARTITION BY brand), 1) AS mention_pct,
    count(*) FILTER (WHERE needs_answer) AS needs_answer_count,
    median(first_reply_seconds) FILTER (WHERE needs_answer) AS reply_median_seconds
FROM placed
GROUP BY brand, part
ORDER BY brand, mention_count DESC, part;
