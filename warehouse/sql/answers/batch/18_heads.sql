-- What a case hands to the row of its head: state, clocks, and why it matters, as the asker said in
-- the head or later.
-- grain: one row per case
CREATE OR REPLACE TEMP TABLE heads AS
WITH said AS (
    SELECT
        asker_posts.case_no,
        flatten(list(readings.reasons)) AS reasons,
        coalesce(bool_or(contents.has_threat), false) AS has_threat
    FROM (
        SELECT case_no, head_node AS node FROM cases
        UNION ALL
        SELECT case_no, node FROM places WHERE is_own
    ) AS asker_posts
    INNER JOIN readings USING (node)
    LEFT JOIN contents USING (node)
    GROUP BY asker_posts.case_no
)

SELECT
    cases.case_no,
    cases.head_node,
    cases.head_id,
    cases.is_main,
    [
        reason FOR reason IN ['complaint', 'question', 'urgent', 'private_data', 'spill_over']
        IF list_contains(said.reasons, reason)
    ] AS reasons,
    said.has_threat,
    coalesce(states.status, 'unanswered') AS status,
    states.answered_by,
    coalesce(states.reopened_at, cases.head_at) AS opened_at,
    due.due_at,
    coalesce(states.reopened_count, 0) AS reopened_count,
    states.first_reply_at,
    states.first_reply_by,
    states.first_answer_at,
    states.answered_at,
    (epoch_us(states.first_reply_at) - epoch_us(cases.head_at)) // 1000000 AS first_reply_seconds,
    (epoch_us(states.first_answer_at) - epoch_us(cases.head_at)) // 1000000 AS first_answer_seconds,
    (
        epoch_us(states.answered_at)
        - epoch_us(coalesce(states.reopened_at, cases.head_at))
    ) // 1000000 AS answer_seconds,
    (clocks.replied_us - clocks.began_us) // 1000000 AS first_reply_open_seconds,
    (clocks.first_answered_us - clocks.began_us) // 1000000 AS first_answer_open_seconds,
    (clocks.answered_us - clocks.opened_us) // 1000000 AS answer_open_seconds,
    coalesce(states.moved_private, false) AS moved_private,
    coalesce(states.reply_count, 0) AS reply_count
FROM cases
INNER JOIN said USING (case_no)
INNER JOIN clocks USING (case_no)
LEFT JOIN states USING (case_no)
LEFT JOIN due USING (case_no);
