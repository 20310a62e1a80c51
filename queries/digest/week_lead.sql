-- The week in a few numbers: what came in, what became of it, what still waits.
-- grain: one row
-- parameters: $brand; $since and $until (the week, local, UTC); $now (UTC)
-- edition: weekly
-- shape: week_lead
-- order: 10
-- asked_count: mentions of the week that needed an answer; in_time_count: of these, answered within
--   the office time that the brand allows itself; open_count: of these, still waiting;
--   waiting_count: all that waits, whenever it came in.
WITH present AS (
    SELECT
        *,
        closed_at IS NULL AND NOT is_snoozed AS is_listed
    FROM cases_at($brand, $now::TIMESTAMPTZ)
),

asked AS (
    SELECT *
    FROM present
    WHERE opened_at >= $since::TIMESTAMPTZ
),

arrived AS (
    SELECT
        count(*) AS mention_count,
        count(*) FILTER (
            WHERE needs_answer
            AND first_answer_at <= $now::TIMESTAMPTZ
            AND first_answer_open_seconds <= brands.answer_within_seconds
        ) AS in_time_count,
        count(*) FILTER (WHERE needs_answer AND status <> 'deleted') AS asked_count
    FROM answers
    INNER JOIN brands USING (brand)
    WHERE
        answers.brand = $brand
        AND answers.created_at >= $since::TIMESTAMPTZ
        AND answers.created_at < $until::TIMESTAMPTZ
        AND NOT answers.is_repost
        AND answers.author_role IN ('community', 'superuser')
),

standing AS (
    SELECT
        count(*) FILTER (WHERE is_listed) AS waiting_count,
        count(*) FILTER (WHERE is_listed AND due_at <= $now::TIMESTAMPTZ) AS waiting_overdue_count
    FROM present
),

outcome AS (
    SELECT
        count(*) FILTER (WHERE is_listed) AS open_count,
        count(*) FILTER (WHERE is_listed AND due_at <= $now::TIMESTAMPTZ) AS overdue_count,
        count(*) FILTER (WHERE is_listed AND status = 'unanswered') AS unanswered_count,
        count(*) FILTER (WHERE is_listed AND status = 'holding') AS holding_count,
        count(*) FILTER (WHERE is_listed AND status = 'deflected') AS deflected_count,
        count(*) FILTER (WHERE is_listed AND status = 'reopened') AS reopened_count,
        count(*) FILTER (WHERE closed_how = 'answered') AS answered_count
    FROM asked
)

SELECT *
FROM outcome, standing, arrived;
