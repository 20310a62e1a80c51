-- Best and worst of the week: days, answers, waits, and what was seen most.
-- grain: one row per superlative that the week has; day and share_pct only of days
-- parameters: $brand; $since and $until (the week, local, UTC); $now (UTC)
-- edition: weekly
-- shape: best_worst
-- order: 32
-- best_day, worst_day: share of mentions answered in the office time that the brand allows itself,
-- of days with at least three. seconds: of office time. reaction_count: likes and twice reposts.
WITH mention AS (
    SELECT
        answers.*,
        coalesce(
            answers.first_answer_at <= $now::TIMESTAMPTZ
            AND answers.first_answer_open_seconds <= brands.answer_within_seconds,
            FALSE
        ) AS is_in_time
    FROM answers
    INNER JOIN brands USING (brand)
    WHERE
        answers.brand = $brand
        AND answers.created_at >= $since::TIMESTAMPTZ
        AND answers.created_at < $until::TIMESTAMPTZ
        AND NOT answers.is_repost
        AND answers.status <> 'deleted'
        AND answers.author_role IN ('community', 'superuser')
),

day AS (
    SELECT
        local_at::DATE AS day,
        avg(is_in_time::INTEGER) AS share_pct,
        count(*) AS asked_count
    FROM mention
    WHERE needs_answer
    GROUP BY ALL
    HAVING count(*) >= 3
),

answered AS (
    SELECT
        platform,
        post_id,
        created_at,
        answered_by,
        first_answer_open_seconds AS seconds
    FROM mention
    WHERE
        needs_answer
        AND first_answer_at <= $now::TIMESTAMPTZ
        AND answered_by IN ('own', 'agency', 'marketing')
),

echo AS (
    SELECT
        mention.platform,
        mention.post_id,
        mention.created_at,
        mention.complaint,
        mention.praise,
        coalesce(mention.like_count, 0) + 2 * coalesce(mention.repost_count, 0) AS reaction_count
    FROM mention
    WHERE mention.complaint OR (mention.praise AND NOT mention.needs_answer)
),

best_day AS (
    SELECT 'best_day' AS metric, * FROM day ORDER BY share_pct DESC, asked_count DESC, day LIMIT 1
),

worst_day AS (
    SELECT 'worst_day' AS metric, * FROM day ORDER BY share_pct, asked_count DESC, day LIMIT 1
),

fastest AS (
    SELECT 'fastest' AS metric, * FROM answered ORDER BY seconds, created_at, post_id LIMIT 1
),

slowest AS (
    SELECT 'slowest' AS metric, * FROM answered ORDER BY seconds DESC, created_at, post_id LIMIT 1
),

loudest AS (
    SELECT 'loudest' AS metric, *
    FROM echo
    WHERE complaint AND reaction_count > 0
    ORDER BY reaction_count DESC, created_at, post_id
    LIMIT 1
),

thanks AS (
    SELECT 'thanks' AS metric, *
    FROM echo
    WHERE praise AND NOT coalesce(complaint, FALSE)
    ORDER BY reaction_count DESC, created_at, post_id
    LIMIT 1
),

superlative AS (
    FROM best_day
    UNION ALL BY NAME
    FROM worst_day
    WHERE (SELECT min(share_pct) < max(share_pct) FROM day)
    UNION ALL BY NAME
    FROM fastest
    UNION ALL BY NAME
    FROM slowest
    WHERE (SELECT count(*) > 1 FROM answered)
    UNION ALL BY NAME
    FROM loudest
    UNION ALL BY NAME
    FROM thanks
)

SELECT
    superlative.metric,
    superlative.platform,
    superlative.post_id,
    superlative.day,
    superlative.share_pct,
    superlative.asked_count,
    superlative.seconds,
    superlative.answered_by,
    superlative.reaction_count,
    mention.author_handle,
    mention.author_name,
    mention.permalink,
    mention.text
FROM superlative
LEFT JOIN mention
    ON
        superlative.platform = mention.platform
        AND superlative.post_id = mention.post_id
        AND superlative.created_at = mention.created_at
ORDER BY list_position(
    ['best_day', 'worst_day', 'fastest', 'slowest', 'loudest', 'thanks'], superlative.metric
);
