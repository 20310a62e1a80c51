-- Posts of the last six hours that nobody works on and that may not be able to wait.
-- grain: one row per mention: open, or showing private data, and not told yet
-- parameters: $brand, $now (UTC)
-- is_closed_now: outside office hours now; was_closed: so it was half an hour after the post.
WITH told AS (
    SELECT alert_posts.platform, alert_posts.post_id
    FROM alert_posts
    INNER JOIN alerts USING (brand, alert_id)
    WHERE alerts.brand = $brand AND alerts.kind = 'posts'
),

opening AS (
    SELECT
        opens_at,
        closes_at
    FROM office_hours
    WHERE
        brand = $brand
        AND opens_at <= $now::TIMESTAMPTZ
        AND closes_at > $now::TIMESTAMPTZ - INTERVAL 1 DAY
)

SELECT
    mention.platform,
    mention.post_id,
    mention.created_at,
    mention.is_open AND list_contains(mention.reasons, 'urgent') AS is_urgent,
    len(mention.private_data) > 0 AS has_private_data,
    CASE
        WHEN mention.is_open
            THEN
                greatest(coalesce(mention.follower_count, 0), coalesce(mention.view_count, 0))
        ELSE 0
    END AS reach_count,
    NOT EXISTS (
        SELECT 1
        FROM opening
        WHERE opening.closes_at > $now::TIMESTAMPTZ
    ) AS is_closed_now,
    NOT EXISTS (
        SELECT 1
        FROM opening
        WHERE
            opening.opens_at <= mention.created_at + INTERVAL 30 MINUTE
            AND opening.closes_at > mention.created_at + INTERVAL 30 MINUTE
    ) AS was_closed
FROM mention_status AS mention
ANTI JOIN told
    ON mention.platform = told.platform AND mention.post_id = told.post_id
WHERE
    mention.brand = $brand
    AND mention.created_at > $now::TIMESTAMPTZ - INTERVAL 6 HOUR
    AND mention.created_at <= $now::TIMESTAMPTZ
    AND NOT mention.is_repost
    AND mention.author_role IN ('community', 'superuser')
    AND mention.status <> 'deleted'
    AND (mention.is_open OR len(mention.private_data) > 0)
    AND mention.done_at IS NULL
    AND mention.assigned_to IS NULL
    AND coalesce(mention.snoozed_until_at <= $now::TIMESTAMPTZ, TRUE)
ORDER BY mention.hurt_score DESC, mention.created_at, mention.platform, mention.post_id;
