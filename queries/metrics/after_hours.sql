-- When customers write, by weekday and hour, and how much of it falls outside office hours.
-- grain: one row per brand, weekday (1 = Monday) and hour in the brand's time zone
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it was posted)
-- keys: isodow(mention.local_at) AS weekday, hour(mention.local_at) AS hour
-- cases: mention.created_at >= $since AND mention.created_at < $until AND NOT
--   mention.is_repost AND mention.author_role IN ('community', 'superuser')
WITH hours AS (
    SELECT brand, opens_at, closes_at
    FROM office_hours
    WHERE $brand IS NULL OR brand = $brand
),

mention AS (
    SELECT
        answers.brand,
        answers.created_at,
        answers.needs_answer,
        answers.question,
        answers.first_reply_seconds,
        answers.local_at
    FROM answers
    WHERE
        ($brand IS NULL OR answers.brand = $brand)
        AND answers.created_at >= $since
        AND answers.created_at < $until
        AND NOT answers.is_repost
        AND answers.author_role IN ('community', 'superuser')
)

SELECT
    mention.brand,
    isodow(mention.local_at) AS weekday,
    hour(mention.local_at) AS hour,
    count(*) AS mention_count,
    count(*) FILTER (WHERE mention.needs_answer) AS needs_answer_count,
    count(*) FILTER (WHERE mention.question) AS question_count,
    count(*) FILTER (
        WHERE mention.brand IN (SELECT office_hours.brand FROM office_hours)
        AND coalesce(mention.created_at >= hours.closes_at, true)
    ) AS outside_count,
    median(mention.first_reply_seconds) FILTER (WHERE mention.needs_answer)
        AS reply_median_seconds
FROM mention
ASOF LEFT JOIN hours ON mention.brand = hours.brand AND mention.created_at >= hours.opens_at
GROUP BY ALL
ORDER BY mention.brand, weekday, hour;
