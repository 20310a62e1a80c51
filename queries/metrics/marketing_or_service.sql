-- What reached the marketing accounts instead of service, and whether anybody took care of it.
-- grain: one row per brand and role of the account that was spoken to
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it was posted)
-- Role "nobody": the brand was named without speaking to one of its accounts.
-- keys: coalesce(mention.addressed_role, 'nobody') AS addressed_role
-- cases: mention.created_at >= $since AND mention.created_at < $until AND NOT
--   mention.is_repost AND mention.author_role IN ('community', 'superuser') AND
--   mention.follows_id IS NULL
SELECT
    brand,
    coalesce(addressed_role, 'nobody') AS addressed_role,
    count(*) AS mention_count,
    count(*) FILTER (WHERE needs_answer) AS needs_answer_count,
    count(*) FILTER (WHERE needs_answer AND first_reply_by IN ('own', 'agency'))
        AS service_replied_count,
    count(*) FILTER (WHERE needs_answer AND first_reply_by = 'marketing')
        AS marketing_replied_count,
    count(*) FILTER (WHERE needs_answer AND status = 'answered') AS answered_count,
    round(
        100.0 * count(*) FILTER (WHERE needs_answer AND status = 'answered')
        / nullif(count(*) FILTER (WHERE needs_answer), 0), 1
    ) AS answered_pct,
    count(*) FILTER (WHERE needs_answer AND status = 'unanswered') AS unanswered_count,
    median(first_reply_open_seconds) FILTER (WHERE needs_answer) AS reply_median_open_seconds
FROM answers
WHERE
    ($brand IS NULL OR brand = $brand)
    AND created_at >= $since
    AND created_at < $until
    AND follows_id IS NULL
    AND NOT is_repost
    AND author_role IN ('community', 'superuser')
GROUP BY ALL
ORDER BY brand, needs_answer_count DESC, addressed_role;
