-- Mentions whose time runs out within the next two office hours.
-- grain: one row per open mention, the next to run out first
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it opened); $now (UTC)
WITH hours AS (
    SELECT brand, opens_at, closes_at, open_before_seconds
    FROM office_hours
    WHERE $brand IS NULL OR brand = $brand
),

open_now AS (
    SELECT
        brand,
        max_by(
            open_before_seconds
            + (epoch_us(least($now, closes_at)) - epoch_us(opens_at)) // 1000000,
            opens_at
        ) AS now_seconds
    FROM hours
    WHERE opens_at <= $now
    GROUP BY brand
),

pending AS (
    SELECT *
    FROM waiting($brand, $since, $until, $now)
    WHERE due_at > $now
),

timed AS (
    SELECT
        pending.*,
        coalesce(
            hours.open_before_seconds
            + (
                epoch_us(least(pending.due_at, hours.closes_at)) - epoch_us(hours.opens_at)
            ) // 1000000
            - coalesce(open_now.now_seconds, 0),
            (epoch_us(pending.due_at) - epoch_us($now)) // 1000000
        ) AS left_open_seconds
    FROM pending
    ASOF LEFT JOIN hours ON pending.brand = hours.brand AND pending.due_at >= hours.opens_at
    LEFT JOIN open_now ON pending.brand = open_now.brand
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
    due_at,
    left_open_seconds,
    assigned_to,
    hurt_score,
    permalink
FROM timed
WHERE left_open_seconds <= 2 * 60 * 60
ORDER BY left_open_seconds, hurt_score DESC, platform, post_id;
