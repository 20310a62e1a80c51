-- How the mood changes from day to day, beside the mean of the seven days up to it.
-- grain: one row per brand and day in the brand's time zone, newest first
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it was posted)
-- net_score: positive minus negative by all mentions, from -1 to 1.
-- keys: mention.local_at::DATE AS day, mention.sentiment
-- cases: mention.created_at >= $since AND mention.created_at < $until AND NOT
--   mention.is_repost AND mention.author_role IN ('community', 'superuser') AND
--   mention.sentiment IS NOT NULL
WITH daily AS (
    SELECT
        answers.brand,
        answers.local_at::DATE AS day,
        count(*) AS mention_count,
        count(*) FILTER (WHERE answers.sentiment = 'negative') AS negative_count,
        count(*) FILTER (WHERE answers.sentiment = 'neutral') AS neutral_count,
        count(*) FILTER (WHERE answers.sentiment = 'positive') AS positive_count
    FROM answers
    WHERE
        ($brand IS NULL OR answers.brand = $brand)
        AND answers.created_at >= $since
        AND answers.created_at < $until
        AND answers.sentiment IS NOT NULL
        AND NOT answers.is_repost
        AND answers.author_role IN ('community', 'superuser')
    GROUP BY ALL
)

SELECT
    brand,
    day,
    mention_count,
    negative_count,
    neutral_count,
    positive_count,
    round((positive_count - negative_count) / mention_count, 3) AS net_score,
    round(
        sum(positive_count - negative_count) OVER last_week / sum(mention_count) OVER last_week, 3
    ) AS net_week_score
FROM daily
WINDOW
    last_week AS (
        PARTITION BY brand ORDER BY day
        RANGE BETWEEN INTERVAL 6 DAYS PRECEDING AND CURRENT ROW
    )
ORDER BY day DESC, brand;
