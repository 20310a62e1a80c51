-- Which hashtags the mentions carry, how they sound, and how many still wait.
-- grain: one row per brand and hashtag (lower case, without #), the most used first
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it was posted)
-- keys: unnest(mention.hashtags) AS hashtag
-- cases: mention.created_at >= $since AND mention.created_at < $until AND mention.author_role
--   IN ('community', 'superuser')
WITH tagged AS (
    SELECT
        brand,
        unnest(hashtags) AS hashtag,
        asker_id,
        is_repost,
        sentiment,
        complaint,
        needs_answer,
        status,
        kind
    FROM answers
    WHERE
        ($brand IS NULL OR brand = $brand)
        AND created_at >= $since
        AND created_at < $until
        AND author_role IN ('community', 'superuser')
)

SELECT
    brand,
    hashtag,
    count(*) FILTER (WHERE NOT is_repost) AS mention_count,
    count(*) FILTER (WHERE is_repost) AS repost_count,
    count(DISTINCT asker_id) AS author_count,
    round(
        100.0 * count(*) FILTER (WHERE sentiment = 'negative' AND NOT is_repost)
        / nullif(count(*) FILTER (WHERE NOT is_repost), 0), 1
    ) AS negative_pct,
    count(*) FILTER (WHERE complaint AND NOT is_repost) AS complaint_count,
    count(*) FILTER (WHERE needs_answer AND status = 'unanswered') AS unanswered_count,
    -- What a list of direct address alone would never show.
    count(*) FILTER (WHERE kind IN ('hashtag', 'name') AND NOT is_repost) AS not_addressed_count
FROM tagged
GROUP BY ALL
ORDER BY brand, mention_count DESC, repost_count DESC, hashtag;
