-- Volume and open backlog of the 14 days up to yesterday.
-- grain: one row per local day of the brand
-- parameters: $brand, $since (start of yesterday, local, UTC)
-- shape: days
-- order: 40
-- open_count: mentions that waited for an answer when the day ended.
WITH brand_zone AS (SELECT time_zone FROM brands WHERE brand = $brand),

day AS (
    SELECT
        series.day::DATE AS day,
        timezone(time_zone, series.day) AS starts_at,
        timezone(time_zone, series.day + INTERVAL 1 DAY) AS ends_at
    FROM brand_zone,
        unnest(
            generate_series(
                date_trunc('day', timezone(time_zone, $since::TIMESTAMPTZ)) - INTERVAL 13 DAY,
                date_trunc('day', timezone(time_zone, $since::TIMESTAMPTZ)),
                INTERVAL 1 DAY
            )
        ) AS series (day)
),

settling AS (
    SELECT
        platform,
        head_id AS post_id,
        max(replied_at) AS settled_at
    FROM replies
    WHERE brand = $brand AND role = 'asker'
    GROUP BY platform, head_id
),

waiting AS (
    -- The present wait: since the post, or since it was reopened.
    SELECT
        opened_at AS starts_at,
        CASE
            WHEN is_open THEN NULL
            WHEN done_at IS NOT NULL THEN done_at
            WHEN status = 'settled' THEN settled_at
            ELSE answered_at
        END AS ends_at
    FROM mention_status
    LEFT JOIN settling USING (platform, post_id)
    WHERE brand = $brand AND needs_answer AND status <> 'deleted'
    UNION ALL
    -- The wait before a first answer that did not hold.
    SELECT
        created_at,
        first_answer_at
    FROM mention_status
    WHERE brand = $brand AND needs_answer AND status <> 'deleted' AND opened_at > created_at
),

mention AS (
    SELECT created_at
    FROM mention_status
    WHERE
        brand = $brand
        AND created_at >= $since::TIMESTAMPTZ - INTERVAL 14 DAY
        AND NOT is_repost
        AND author_role IN ('community', 'superuser')
),

volume AS (
    SELECT
        day.day,
        count(mention.created_at) AS mention_count
    FROM day
    LEFT JOIN mention
        ON day.starts_at <= mention.created_at AND day.ends_at > mention.created_at
    GROUP BY day.day
),

backlog AS (
    SELECT
        day.day,
        count(waiting.starts_at) AS open_count
    FROM day
    LEFT JOIN waiting
        ON
            day.ends_at > waiting.starts_at
            AND (waiting.ends_at IS NULL OR day.ends_at <= waiting.ends_at)
    GROUP BY day.day
)

SELECT
    day,
    mention_count,
    open_count
FROM volume
INNER JOIN backlog USING (day)
ORDER BY day;
