-- How many mentions that needed it got a reply, an answer, and an answer in time.
-- grain: one row per brand and platform, and one per brand for all platforms together
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it was posted); $now (UTC)
-- In time: answered by anyone within the office hours that the brand allows itself. A mention
-- counts for the share once it was answered or its time ran out; the rest is still pending.
-- cases: mention.created_at >= $since AND mention.created_at < $until AND mention.needs_answer
WITH needing AS (
    SELECT
        answers.brand,
        answers.platform,
        answers.status,
        answers.answered_by,
        answers.first_reply_at,
        answers.first_answer_at,
        answers.first_answer_open_seconds <= brands.answer_within_seconds AS is_in_time,
        answers.first_answer_at IS NOT NULL
        OR (answers.due_at <= $now AND answers.status <> 'settled') AS is_decided
    FROM answers
    INNER JOIN brands USING (brand)
    WHERE
        ($brand IS NULL OR answers.brand = $brand)
        AND answers.created_at >= $since
        AND answers.created_at < $until
        AND answers.needs_answer
)

SELECT
    brand,
    coalesce(platform, 'all') AS platform,
    count(*) AS needs_answer_count,
    round(100.0 * count(first_reply_at) / count(*), 1) AS replied_pct,
    round(100.0 * count(first_answer_at) / count(*), 1) AS answered_pct,
    round(100.0 * count(*) FILTER (
        WHERE status = 'answered' AND answered_by IN ('own', 'agency', 'marketing')
    ) / count(*), 1) AS answered_by_company_pct,
    round(100.0 * count(*) FILTER (WHERE status = 'settled') / count(*), 1) AS settled_pct,
    round(100.0 * count(*) FILTER (WHERE status = 'reopened') / count(*), 1) AS reopened_pct,
    round(100.0 * count(*) FILTER (WHERE status = 'unanswered') / count(*), 1)
        AS unanswered_pct,
    count(*) FILTER (WHERE is_decided) AS decided_count,
    round(
        100.0 * count(*) FILTER (WHERE is_in_time)
        / nullif(count(*) FILTER (WHERE is_decided), 0), 1
    ) AS in_time_pct
FROM needing
GROUP BY GROUPING SETS ((brand, platform), (brand))
ORDER BY brand, grouping(platform) DESC, platform;
