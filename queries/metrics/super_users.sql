-- Members who help others: how often somebody confirmed that their answer helped.
-- grain: one row per brand, platform and member with a helpful answer, the most helpful first
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, for the columns of the period)
-- level counts helpful answers of all time: 0-99 beginner, 100-499 advanced, 500 and more expert.
-- keys: reply.author_id AS member_id, coalesce(reply.part_of_id, reply.post_id) AS reply_id
-- join: INNER JOIN replies AS reply ON mention.brand = reply.brand AND mention.platform =
--   reply.platform AND mention.post_id = reply.head_id
-- cases: reply.replied_at >= $since AND reply.replied_at < $until AND reply.is_helpful AND
--   reply.role IN ('superuser', 'community')
WITH helper AS (
    SELECT
        brand,
        platform,
        author_id,
        count(DISTINCT coalesce(part_of_id, post_id)) FILTER (WHERE is_helpful) AS helpful_count,
        count(DISTINCT coalesce(part_of_id, post_id)) FILTER (
            WHERE is_helpful AND replied_at >= $since AND replied_at < $until
        ) AS period_helpful_count,
        count(DISTINCT coalesce(part_of_id, post_id)) FILTER (
            WHERE replied_at >= $since AND replied_at < $until
        ) AS period_answer_count,
        bool_or(role = 'superuser') AS is_superuser,
        max(replied_at) AS last_answer_at
    FROM replies
    WHERE
        ($brand IS NULL OR brand = $brand)
        AND is_answer
        AND role IN ('superuser', 'community')
        AND author_id IS NOT NULL
    GROUP BY ALL
    HAVING helpful_count > 0
)

SELECT
    helper.brand,
    helper.platform,
    authors.handle AS author_handle,
    helper.helpful_count,
    CASE
        WHEN helper.helpful_count >= 500 THEN 'expert'
        WHEN helper.helpful_count >= 100 THEN 'advanced'
        ELSE 'beginner'
    END AS level,
    helper.is_superuser,
    helper.period_helpful_count,
    helper.period_answer_count,
    helper.last_answer_at
FROM helper
LEFT JOIN authors USING (platform, author_id)
ORDER BY helper.brand, helper.helpful_count DESC, helper.last_answer_at DESC, author_handle;
