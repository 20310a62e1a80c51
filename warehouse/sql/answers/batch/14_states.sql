-- The state of each case after its last turn. A case is reopened by the asker's complaint or
-- question that follows an answer or settlement; what came before then no longer counts.
-- grain: one row per case
CREATE OR REPLACE TEMP TABLE states AS
WITH decisive AS (
    SELECT
        case_no,
        seq,
        move = 'again' AND coalesce(
            lag(move) OVER (PARTITION BY case_no ORDER BY seq) IN ('answer', 'settle'), false
        ) AS is_reopening
    FROM turns
    WHERE move IN ('answer', 'settle', 'again')
),

runs AS (
    SELECT
        case_no,
        max(seq) AS reopened_seq,
        count(*) AS reopened_count
    FROM decisive
    WHERE is_reopening
    GROUP BY ALL
),

summed AS (
    SELECT
        turns.case_no,
        any_value(coalesce(runs.reopened_count, 0)) AS reopened_count,
        min(turns.replied_at) FILTER (WHERE turns.seq = runs.reopened_seq) AS reopened_at,
        min(turns.replied_at) FILTER (WHERE turns.is_company) AS first_reply_at,
        arg_min(turns.role, turns.seq) FILTER (WHERE turns.is_company) AS first_reply_by,
        min(turns.replied_at) FILTER (WHERE turns.move = 'answer') AS first_answer_at,
        min(turns.replied_at)
        FILTER (WHERE turns.move = 'answer' AND turns.seq > coalesce(runs.reopened_seq, 0))
            AS answered_at,
        arg_min(turns.role, turns.seq)
        FILTER (WHERE turns.move = 'answer' AND turns.seq > coalesce(runs.reopened_seq, 0))
            AS answered_by,
        bool_or(turns.move = 'settle' AND turns.seq > coalesce(runs.reopened_seq, 0)) AS is_settled,
        bool_or(turns.move = 'deflect') AS is_deflected,
        bool_or(turns.is_company) AS is_replied,
        bool_or(turns.moved_private) AS moved_private,
        count(*) FILTER (WHERE NOT turns.is_own) AS reply_count
    FROM turns
    LEFT JOIN runs USING (case_no)
    GROUP BY turns.case_no
)

SELECT
    * EXCLUDE (is_settled, is_deflected, is_replied),
    CASE
        WHEN answered_at IS NOT NULL THEN 'answered'
        WHEN is_settled THEN 'settled'
        WHEN reopened_at IS NOT NULL THEN 'reopened'
        WHEN is_deflected THEN 'deflected'
        WHEN is_replied THEN 'holding'
        ELSE 'unanswered'
    END AS status
FROM summed;
