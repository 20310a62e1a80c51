-- Open mentions that may grow: a large audience, somebody who asks again and again, threats.
-- grain: one row per open mention with at least 20 points, the most points first
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it opened); $now (UTC)
-- Points: up to 60 for reach (followers, views, likes and reposts), 10 for each further post of the
-- asker in the case or open mention elsewhere (up to 40), 30 for a threat.
WITH insisting AS (
    SELECT brand, platform, head_id AS post_id, count(*) AS again_count
    FROM replies
    WHERE role = 'asker' AND replied_at >= $since AND ($brand IS NULL OR brand = $brand)
    GROUP BY ALL
),

weighed AS (
    SELECT
        open_now.*,
        coalesce(insisting.again_count, 0)
        + greatest(count(author_id) OVER (PARTITION BY brand, platform, author_id) - 1, 0)
            AS repeat_count,
        least(20, 4 * log10(1 + coalesce(open_now.follower_count, 0)))
        + least(20, 4 * log10(1 + coalesce(open_now.view_count, 0)))
        + least(20, 6 * log10(
            1 + coalesce(open_now.like_count, 0) + 2 * coalesce(open_now.repost_count, 0)
        )) AS reach_score
    FROM waiting($brand, $since, $until, $now) AS open_now
    LEFT JOIN insisting USING (brand, platform, post_id)
)

SELECT
    brand,
    platform,
    post_id,
    author_handle,
    text,
    status,
    reasons,
    opened_at,
    round(
        reach_score + least(40, 10 * repeat_count) + 30 * has_threat::INTEGER
    )::INTEGER AS escalation_score,
    round(reach_score)::INTEGER AS reach_score,
    follower_count,
    repeat_count,
    has_threat,
    assigned_to,
    permalink
FROM weighed
WHERE reach_score + least(40, 10 * repeat_count) + 30 * has_threat::INTEGER >= 20
ORDER BY escalation_score DESC, opened_at, platform, post_id;
