-- What is open, overdue, burning, and what changed in the last 24 hours.
-- grain: one row
-- parameters: $brand, $until (start of the digest's local day, UTC), $now (UTC)
-- shape: lead
-- order: 10
WITH present AS (
    SELECT
        *,
        closed_at IS NULL AND NOT is_snoozed AS is_listed,
        closed_at > $now::TIMESTAMPTZ - INTERVAL 1 DAY AS is_closed_lately
    FROM cases_at($brand, $now::TIMESTAMPTZ)
),

arrived AS (
    SELECT count(*) AS mention_count
    FROM answers
    WHERE
        brand = $brand
        AND created_at > $now::TIMESTAMPTZ - INTERVAL 1 DAY
        AND created_at <= $now::TIMESTAMPTZ
        AND NOT is_repost
        AND author_role IN ('community', 'superuser')
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
    count(*) FILTER (WHERE is_snoozed AND closed_at IS NULL) AS snoozed_count,
    -- what changed since yesterday
    count(*) FILTER (WHERE is_listed AND opened_at > $now::TIMESTAMPTZ - INTERVAL 1 DAY)
        AS new_count,
    count(*) FILTER (
        WHERE is_listed
        AND due_at <= $now::TIMESTAMPTZ
        AND due_at > $now::TIMESTAMPTZ - INTERVAL 1 DAY
    ) AS newly_overdue_count,
    count(*) FILTER (WHERE is_closed_lately AND closed_how = 'answered') AS answered_count,
    count(*) FILTER (WHERE is_closed_lately AND closed_how <> 'answered') AS closed_count,
    (SELECT mention_count FROM arrived) AS mention_count
FROM present;
