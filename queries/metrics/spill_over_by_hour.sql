-- Which other channel failed customers first, and when they say so.
-- grain: one row per brand, channel and hour of the day in the brand's time zone
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it was posted)
-- keys: unnest(mention.spill_over) AS channel, hour(mention.local_at) AS hour
-- cases: mention.created_at >= $since AND mention.created_at < $until AND NOT
--   mention.is_repost AND mention.author_role IN ('community', 'superuser')
WITH spilled AS (
    SELECT
        answers.brand,
        answers.asker_id,
        answers.status,
        answers.needs_answer,
        unnest(answers.spill_over) AS channel,
        hour(answers.local_at) AS hour
    FROM answers
    WHERE
        ($brand IS NULL OR answers.brand = $brand)
        AND answers.created_at >= $since
        AND answers.created_at < $until
        AND NOT answers.is_repost
        AND answers.author_role IN ('community', 'superuser')
)

SELECT
    brand,
    channel,
    hour,
    count(*) AS mention_count,
    count(DISTINCT asker_id) AS author_count,
    count(*) FILTER (WHERE needs_answer AND status = 'unanswered') AS unanswered_count
FROM spilled
GROUP BY ALL
ORDER BY brand, channel, hour;
