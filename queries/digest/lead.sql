-- What is open, overdue, burning, and what changed in the last 24 hours.
-- grain: one row
-- parameters: $brand, $until (start of the digest's local day, UTC), $now (UTC)
-- shape: lead
-- order: 10
WITH settling AS (
    SELECT
        platform,
        head_id AS post_id,
        max(replied_at) AS settled_at
    FROM replies
    WHERE brand = $brand AND role = 'asker'
    GROUP BY platform, head_id
),

state AS (
    SELECT
        answers.*,
        triage_state.snoozed_until_at,
        answers.needs_answer
        AND answers.status IN ('unanswered', 'holding', 'deflected', 'reopened')
        AND coalesce(triage_state.done_at < answers.opened_at, TRUE) AS is_open,
        CASE
            WHEN triage_state.done_at >= answers.opened_at THEN triage_state.done_at
            WHEN answers.status = 'settled' THEN settling.settled_at
            WHEN answers.status = 'answered' THEN answers.answered_at
        END AS closed_at
    FROM answers
    LEFT JOIN settling USING (platform, post_id)
    LEFT JOIN triage_state USING (brand, platform, post_id)
    WHERE answers.brand = $brand AND answers.created_at <= $now::TIMESTAMPTZ
),

mention AS (
    SELECT
        *,
        is_open AND coalesce(snoozed_until_at > $now::TIMESTAMPTZ, FALSE) AS is_snoozed,
        is_open AND coalesce(snoozed_until_at <= $now::TIMESTAMPTZ, TRUE) AS is_listed,
        created_at > $now::TIMESTAMPTZ - INTERVAL 1 DAY AS is_new,
        needs_answer AND closed_at > $now::TIMESTAMPTZ - INTERVAL 1 DAY AS is_closed_lately
    FROM state
)

SELECT
    count(*) FILTER (WHERE is_listed) AS open_count,
    count(*) FILTER (WHERE is_listed AND status = 'unanswered') AS unanswered_count,
    count(*) FILTER (WHERE is_listed AND status = 'holding') AS holding_count,
    count(*) FILTER (WHERE is_listed AND status = 'deflected') AS deflected_count,
    count(*) FILTER (WHERE is_listed AND status = 'reopened') AS reopened_count,
    count(*) FILTER (WHERE is_listed AND due_at <= $now::TIMESTAMPTZ) AS overdue_count,
    count(*) FILTER (
        WHERE is_listed
        AND due_at > $now::TIMESTAMPTZ
        AND due_at < $until::TIMESTAMPTZ + INTERVAL 1 DAY
    ) AS due_today_count,
    count(*) FILTER (WHERE is_listed AND list_contains(reasons, 'urgent')) AS urgent_count,
    count(*) FILTER (WHERE is_listed AND list_contains(reasons, 'private_data'))
        AS private_data_count,
    count(*) FILTER (WHERE is_snoozed) AS snoozed_count,
    count(*) FILTER (WHERE needs_answer AND is_new) AS new_count,
    count(*) FILTER (WHERE is_closed_lately) AS closed_count,
    count(*) FILTER (
        WHERE is_new AND NOT is_repost AND author_role IN ('community', 'superuser')
    ) AS mention_count
FROM mention;
