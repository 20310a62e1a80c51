-- last_said: what the asker wrote last, where that reopened the case.
-- open_then: the brand's open time up to the opening of the mention, NULL where it never closes.
CREATE OR REPLACE TEMP MACRO with_clock(mentions) AS TABLE (
    WITH closing AS (
        SELECT DISTINCT brand, true AS ever_closes
        FROM office_hours
    ),

    again AS (
        SELECT
            replies.brand,
            replies.platform,
            replies.head_id,
            arg_max(posts.text, posts.created_at) AS last_said
        FROM query_table(mentions) AS heads
        INNER JOIN replies
            ON
                heads.brand = replies.brand
                AND heads.platform = replies.platform
                AND heads.post_id = replies.head_id
        INNER JOIN posts
            ON replies.platform = posts.platform AND replies.post_id = posts.post_id
        WHERE heads.status = 'reopened' AND replies.role = 'asker'
        GROUP BY ALL
    )

    SELECT
        told.*,
        CASE
            WHEN closing.ever_closes
                THEN coalesce(
                    hours.open_before_seconds
                    + date_diff('second', hours.opens_at, least(told.opened_at, hours.closes_at)),
                    0
                )
        END AS open_then,
        again.last_said
    FROM query_table(mentions) AS told
    LEFT JOIN closing ON told.brand = closing.brand
    LEFT JOIN again
        ON
            told.brand = again.brand
            AND told.platform = again.platform
            AND told.post_id = again.head_id
    ASOF LEFT JOIN office_hours AS hours
        ON told.brand = hours.brand AND told.opened_at >= hours.opens_at
);
