-- What each post of a case does to it. A company's word counts as an answer by its kind, or where
-- it moves a matter with the asker's private data out of public; a member's by its kind, unless it
-- is itself a complaint, a question or thanks that nobody confirmed.
-- grain: one row per case and node
CREATE OR REPLACE TEMP TABLE turns AS
WITH private_cases AS (
    SELECT
        case_no,
        min(said_at) AS private_at
    FROM (
        SELECT cases.case_no, cases.head_at AS said_at, cases.head_node AS node FROM cases
        UNION ALL
        SELECT case_no, replied_at AS said_at, node FROM parts WHERE is_own
    ) AS said
    INNER JOIN readings USING (node)
    WHERE len(readings.private_data) > 0
    GROUP BY ALL
),

judged AS (
    SELECT
        parts.*,
        thanked.case_no IS NOT NULL AS is_thanked,
        readings.settled,
        readings.is_asking,
        CASE
            WHEN parts.is_own THEN false
            WHEN parts.is_company
                THEN
                    coalesce(parts.reply_kind, '') = 'answer'
                    OR (
                        parts.moved_private
                        AND coalesce(parts.replied_at >= private_cases.private_at, false)
                    )
            ELSE
                coalesce(parts.reply_kind, '') = 'answer'
                AND (
                    thanked.case_no IS NOT NULL
                    OR NOT (readings.is_asking OR coalesce(readings.praise, false))
                )
        END AS is_answer
    FROM parts
    INNER JOIN readings USING (node)
    LEFT JOIN thanked USING (case_no, first_seq)
    LEFT JOIN private_cases USING (case_no)
)

SELECT
    * EXCLUDE (settled, is_asking),
    CASE
        WHEN is_answer THEN 'answer'
        WHEN is_own AND coalesce(settled, false) THEN 'settle'
        WHEN is_own AND is_asking THEN 'again'
        WHEN is_company AND coalesce(reply_kind, '') = 'deflect' THEN 'deflect'
        WHEN is_company THEN 'hold'
    END AS move
FROM judged;
