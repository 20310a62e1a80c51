-- How long customers wait for a reply and for an answer; who got none is counted beside it.
-- grain: one row per brand and platform, and one per brand for all platforms together
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it was posted)
-- Plain seconds run day and night, open seconds in office hours only.
-- keys: mention.first_reply_seconds, mention.first_answer_seconds
-- cases: mention.created_at >= $since AND mention.created_at < $until AND mention.needs_answer
SELECT
    brand,
    coalesce(platform, 'all') AS platform,
    count(*) AS needs_answer_count,
    count(first_reply_seconds) AS replied_count,
    count(*) - count(first_reply_seconds) AS not_replied_count,
    median(first_reply_seconds) AS reply_median_seconds,
    quantile_cont(first_reply_seconds, 0.9) AS reply_p90_seconds,
    median(first_reply_open_seconds) AS reply_median_open_seconds,
    quantile_cont(first_reply_open_seconds, 0.9) AS reply_p90_open_seconds,
    count(first_answer_seconds) AS answered_count,
    count(*) - count(first_answer_seconds) AS not_answered_count,
    median(first_answer_seconds) AS answer_median_seconds,
    quantile_cont(first_answer_seconds, 0.9) AS answer_p90_seconds,
    median(first_answer_open_seconds) AS answer_median_open_seconds,
    quantile_cont(first_answer_open_seconds, 0.9) AS answer_p90_open_seconds
FROM answers
WHERE
    ($brand IS NULL OR brand = $brand)
    AND created_at >= $since
    AND created_at < $until
    AND needs_answer
GROUP BY GROUPING SETS ((brand, platform), (brand))
ORDER BY brand, grouping(platform) DESC, platform;
