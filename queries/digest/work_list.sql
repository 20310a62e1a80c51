-- Every open mention, what hurts most first.
-- grain: one row per open mention that is not put aside until later
-- parameters: $brand, $now (UTC)
-- shape: work_list
-- order: 20
-- open_seconds counts office hours only, from the post or from the word that reopened it.
-- hurt_score: what makes waiting worse, in points, 20 of them for being overdue.
WITH clock AS (
    SELECT
        opens_at,
        closes_at,
        open_before_seconds
    FROM office_hours
    WHERE brand = $brand
),

time_now AS (
    SELECT
        open_before_seconds
        + date_diff('second', opens_at, least($now::TIMESTAMPTZ, closes_at)) AS open_seconds
    FROM clock
    WHERE opens_at <= $now::TIMESTAMPTZ
    ORDER BY opens_at DESC
    LIMIT 1
),

listed AS (
    SELECT
        *,
        coalesce(due_at <= $now::TIMESTAMPTZ, FALSE) AS is_overdue,
        date_diff('second', opened_at, $now::TIMESTAMPTZ) AS plain_seconds
    FROM open_mentions
    WHERE
        brand = $brand
        AND created_at <= $now::TIMESTAMPTZ
        AND coalesce(snoozed_until_at <= $now::TIMESTAMPTZ, TRUE)
),

timed AS (
    SELECT
        listed.*,
        CASE
            WHEN time_now.open_seconds IS NULL THEN plain_seconds
            ELSE time_now.open_seconds - coalesce(
                clock.open_before_seconds
                + date_diff('second', clock.opens_at, least(listed.opened_at, clock.closes_at)),
                0
            )
        END AS open_seconds
    FROM listed
    ASOF LEFT JOIN clock ON listed.opened_at >= clock.opens_at
    LEFT JOIN time_now ON TRUE
)

SELECT
    platform,
    post_id,
    permalink,
    kind,
    author_handle,
    author_name,
    follower_count,
    text,
    created_at,
    status,
    reasons,
    private_data,
    spill_over,
    assigned_to,
    opened_at,
    due_at,
    is_overdue,
    open_seconds,
    plain_seconds,
    hurt_score + 20 * is_overdue::INTEGER AS hurt_score
FROM timed
ORDER BY hurt_score DESC, opened_at, platform, post_id;
