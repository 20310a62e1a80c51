-- How much each brand is talked about compared with the others on the watch-list.
-- grain: one row per brand, week (Monday, brand's time zone) and platform; newest first
-- parameters: $since, $until (UTC, half-open, when it was posted)
-- keys: date_trunc('week', mention.local_at)::DATE AS week
-- cases: mention.created_at >= $since AND mention.created_at < $until AND mention.author_role
--   IN ('community', 'superuser')
WITH mention AS (
    SELECT
        answers.brand,
        answers.platform,
        date_trunc('week', answers.local_at)::DATE AS week,
        answers.asker_id,
        answers.sentiment,
        answers.complaint,
        answers.praise
    FROM answers
    WHERE
        answers.created_at >= $since
        AND answers.created_at < $until
        AND answers.author_role IN ('community', 'superuser')
)

SELECT
    week,
    platform,
    brand,
    count(*) AS mention_count,
    round(100.0 * count(*) / sum(count(*)) OVER (PARTITION BY week, platform), 1) AS voice_pct,
    count(DISTINCT asker_id) AS author_count,
    round(100.0 * count(*) FILTER (WHERE sentiment = 'negative') / count(*), 1) AS negative_pct,
    round(100.0 * count(*) FILTER (WHERE complaint) / count(*), 1) AS complaint_pct,
    round(100.0 * count(*) FILTER (WHERE praise) / count(*), 1) AS praise_pct
FROM mention
GROUP BY week, platform, brand
ORDER BY week DESC, platform, mention_count DESC, brand;
