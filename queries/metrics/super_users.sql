-- Members who help others: how often somebody confirmed that their answer helped.
-- grain: one row per brand, platform and member with a helpful answer; the 1,000 most helpful
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, for the columns of the period)
-- level counts helpful answers of all time: 0-99 beginner, 100-499 advanced, 500 and more expert.
-- keys: reply.author_id AS member_id, coalesce(reply.part_of_id, reply.post_id) AS reply_id
-- join: INNER JOIN replies AS reply ON mention.brand = reply.brand AND mention.platform =
--   reply.platform AND mention.post_id = reply.head_id
-- cases: reply.replied_at >= $since AND reply.replied_at < $until AND reply.is_helpful AND
--   reply.role IN ('superuser', 'community')
WITH active AS (
    SELECT
        brand,
        platform,
        author_id,
        count(DISTINCT coalesce(part_of_id, post_id)) FILTER (WHERE is_helpful) AS helpful_count,
        count(DISTINCT coalesce(part_of_id, post_id)) AS answer_count
    FROM replies
    WHERE
        ($brand IS NULL OR brand = $brand)
        AND replied_at >= $since
        AND replied_at < $until
        AND is_answer
        AND role IN ('superuser', 'community')
    GROUP BY ALL
),

helper AS (
    SELECT helpers.*, active.helpful_count AS period_helpful_count, active.answer_count
    FROM helpers
    LEFT JOIN active USING (brand, platform, author_id)
    WHERE $brand IS NULL OR helpers.brand = $brand
    ORDER BY helpers.helpful_count DESC, helpers.last_answer_at DESC, helpers.author_id
    LIMIT 1000
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
    coalesce(helper.period_helpful_count, 0) AS period_helpful_count,
    coalesce(helper.answer_count, 0) AS period_answer_count,
    helper.last_answer_at
FROM helper
LEFT JOIN authors USING (platform, author_id)
ORDER BY helper.brand, helper.helpful_count DESC, helper.last_answer_at DESC, author_handle;
