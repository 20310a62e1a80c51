-- Volume and open backlog of the 14 days up to yesterday.
-- grain: one row per local day of the brand
-- parameters: $brand, $until (end of yesterday, local, UTC)
-- edition: both
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
                date_trunc('day', timezone(time_zone, $until::TIMESTAMPTZ)) - INTERVAL 14 DAY,
                date_trunc('day', timezone(time_zone, $until::TIMESTAMPTZ)) - INTERVAL 1 DAY,
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

present_wait AS (
    -- Since the post, or since it was reopened.
    SELECT
        answers.opened_at AS starts_at,
        CASE
            WHEN triage_state.done_at >= answers.opened_at THEN triage_state.done_at
            WHEN answers.status = 'settled' THEN settling.settled_at
            WHEN answers.status = 'answered' THEN answers.answered_at
        END AS ends_at
    FROM answers
    LEFT JOIN settling USING (platform, post_id)
    LEFT JOIN triage_state USING (brand, platform, post_id)
    WHERE answers.brand = $brand AND answers.needs_answer AND answers.status <> 'deleted'
),

earlier_wait AS (
    -- Before a first answer that did not hold.
    SELECT
        created_at AS starts_at,
        first_answer_at AS ends_at
    FROM answers
    WHERE brand = $brand AND needs_answer AND status <> 'deleted' AND opened_at > created_at
),

waiting AS (
    FROM present_wait
    UNION ALL
    FROM earlier_wait
),

recent_wait AS (
    SELECT
        starts_at,
        coalesce(ends_at, 'infinity'::TIMESTAMPTZ) AS ends_at
    FROM waiting
    WHERE ends_at IS NULL OR ends_at >= $until::TIMESTAMPTZ - INTERVAL 15 DAY
),

mention AS (
    SELECT created_at
    FROM answers
    WHERE
        brand = $brand
        AND created_at >= $until::TIMESTAMPTZ - INTERVAL 15 DAY
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
        count(recent_wait.starts_at) AS open_count
    FROM day
    LEFT JOIN recent_wait
        ON day.ends_at > recent_wait.starts_at AND day.ends_at <= recent_wait.ends_at
    GROUP BY day.day
)

SELECT
    day,
    mention_count,
    open_count
FROM volume
INNER JOIN backlog USING (day)
ORDER BY day;
