-- Who answers: own staff, agency, marketing, super-users, other members, or nobody.
-- grain: one row per brand and role, the largest share first
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it was posted)
-- Role "nobody": needs an answer and has none; "asker": the asker settled it without one.
-- keys: CASE WHEN mention.answered_by IS NOT NULL THEN mention.answered_by WHEN mention.status
--   = 'settled' THEN 'asker' ELSE 'nobody' END AS role
-- cases: mention.created_at >= $since AND mention.created_at < $until AND mention.needs_answer
WITH roles AS (
    SELECT
        brand,
        CASE
            WHEN answered_by IS NOT NULL THEN answered_by
            WHEN status = 'settled' THEN 'asker'
            ELSE 'nobody'
        END AS role,
        count(*) AS mention_count,
        count(answered_by) AS answered_count,
        median(answer_seconds) AS answer_median_seconds,
        median(answer_open_seconds) AS answer_median_open_seconds
    FROM answers
    WHERE
        ($brand IS NULL OR brand = $brand)
        AND created_at >= $since
        AND created_at < $until
        AND needs_answer
    GROUP BY ALL
)

SELECT
    brand,
    role,
    mention_count,
    round(100.0 * mention_count / sum(mention_count) OVER (PARTITION BY brand), 1) AS mention_pct,
    -- Of the mentions that were answered; NULL for the others.
    round(
        100.0 * nullif(answered_count, 0) / sum(answered_count) OVER (PARTITION BY brand), 1
    ) AS answer_pct,
    answer_median_seconds,
    answer_median_open_seconds
FROM roles
ORDER BY brand, mention_count DESC, role;
