-- The rows of `replies` as they should be. A company's reaction is timed from the asker's last
-- word.
-- grain: one row per case and post other than the head
CREATE OR REPLACE TEMP TABLE new_replies AS
SELECT * FROM replies WHERE false;

INSERT INTO new_replies BY NAME
WITH waits AS (
    SELECT
        turns.*,
        cases.brand,
        cases.platform,
        cases.thread_id,
        cases.head_id,
        CASE
            WHEN turns.is_company
                THEN coalesce(
                    max(turns.replied_at) FILTER (WHERE turns.is_own) OVER (
                        PARTITION BY turns.case_no ORDER BY turns.seq
                        ROWS UNBOUNDED PRECEDING
                    ),
                    cases.head_at
                )
        END AS asked_at
    FROM (SELECT * EXCLUDE (brand) FROM turns) AS turns
    INNER JOIN cases USING (case_no)
),

asked AS (
    SELECT
        waits.*,
        hours.open_before_seconds * 1000000
        + epoch_us(least(waits.asked_at, hours.closes_at)) - epoch_us(hours.opens_at) AS asked_us
    FROM waits
    ASOF LEFT JOIN office_hours AS hours
        ON waits.brand = hours.brand AND waits.asked_at >= hours.opens_at
),

timed AS (
    SELECT
        asked.*,
        hours.open_before_seconds * 1000000
        + epoch_us(least(asked.replied_at, hours.closes_at)) - epoch_us(hours.opens_at)
            AS replied_us
    FROM asked
    ASOF LEFT JOIN office_hours AS hours
        ON asked.brand = hours.brand AND asked.replied_at >= hours.opens_at
)

SELECT
    timed.brand,
    timed.platform,
    timed.thread_id,
    timed.head_id,
    timed.post_id,
    timed.author_id,
    timed.role,
    timed.reply_kind,
    timed.signature,
    timed.replied_at,
    timed.part_of_id,
    timed.is_answer,
    timed.is_answer AND timed.is_thanked AS is_helpful,
    timed.moved_private,
    (epoch_us(timed.replied_at) - epoch_us(timed.asked_at)) // 1000000 AS reaction_seconds,
    CASE
        WHEN timed.asked_at IS NULL THEN NULL
        WHEN timed.brand NOT IN (SELECT brand FROM office_hours)
            THEN (epoch_us(timed.replied_at) - epoch_us(timed.asked_at)) // 1000000
        ELSE (coalesce(timed.replied_us, 0) - coalesce(timed.asked_us, 0)) // 1000000
    END AS reaction_open_seconds,
    readings.text_key
FROM timed
INNER JOIN readings USING (node);
