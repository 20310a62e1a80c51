-- The replies that somebody thanked for or confirmed: another member right under it, or the asker,
-- right under it or, speaking to nobody in particular, after it.
-- grain: one row per case and first_seq (a reply with all its parts)
CREATE OR REPLACE TEMP TABLE thanked AS
WITH last_answers AS (
    SELECT
        *,
        last_value(CASE WHEN reply_kind = 'answer' AND NOT is_own THEN first_seq END IGNORE NULLS)
            OVER (
                PARTITION BY case_no ORDER BY seq
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ) AS answer_before
    FROM parts
),

by_asker AS (
    SELECT
        thanks.case_no,
        CASE WHEN target.is_own IS FALSE THEN target.first_seq ELSE thanks.answer_before END
            AS first_seq
    FROM last_answers AS thanks
    INNER JOIN readings USING (node)
    LEFT JOIN parts AS target
        ON thanks.case_no = target.case_no AND thanks.parent_node = target.node
    WHERE thanks.is_own AND readings.is_thanking
),

by_members AS (
    SELECT target.case_no, target.first_seq
    FROM nodes
    INNER JOIN readings USING (node)
    INNER JOIN parts AS target ON nodes.parent_node = target.node
    INNER JOIN cases USING (case_no)
    WHERE
        readings.is_thanking
        AND NOT nodes.is_company
        AND NOT nodes.is_deleted
        AND NOT nodes.is_repost
        AND NOT target.is_own
        AND nodes.author_id <> target.author_id
        AND nodes.person <> cases.person
)

SELECT DISTINCT case_no, first_seq
FROM (FROM by_asker UNION ALL FROM by_members) AS either
WHERE first_seq IS NOT NULL;
