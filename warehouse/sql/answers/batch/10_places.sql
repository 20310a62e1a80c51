-- The case that each post belongs to: an asker's later posts to the asker's own case, a reply to
-- the case above it. A reply to something the asker said before the case began, dated before it
-- too, does not count for it. A company's pleasantry to a bystander is none for the asker.
-- grain: one row per case and node, heads left out
CREATE OR REPLACE TEMP TABLE places AS
WITH only_cases AS (
    SELECT brand, platform, thread_id, any_value(case_no) AS case_no, any_value(head_at) AS head_at
    FROM cases
    WHERE is_main
    GROUP BY ALL
    HAVING count(*) = 1
),

own_posts AS (
    SELECT
        owners.node,
        CASE WHEN owners.is_in_main THEN owners.main_case ELSE owners.side_case END AS case_no,
        true AS is_own
    FROM owners
    INNER JOIN nodes USING (node)
    WHERE NOT nodes.is_deleted AND NOT nodes.is_repost
),

replies_above AS (
    SELECT
        nodes.node,
        CASE
            WHEN
                nodes.is_company
                AND readings.reply_kind = 'social'
                AND NOT parent.is_company
                AND parent.person <> coalesce(main.person, '')
                THEN parent.side_case
            WHEN main.person = nodes.person THEN NULL
            WHEN nodes.created_at >= main.main_at OR main.is_in_main THEN main.main_case
            WHEN main.node IS NOT NULL THEN main.side_case
            WHEN side.node IS NOT NULL THEN side.side_case
            WHEN nodes.is_company AND nodes.is_orphan AND nodes.created_at >= only_cases.head_at
                THEN only_cases.case_no
        END AS case_no,
        false AS is_own
    FROM nodes
    INNER JOIN readings USING (node)
    LEFT JOIN ancestors USING (node)
    LEFT JOIN owners AS main ON ancestors.main_node = main.node
    LEFT JOIN owners AS side ON ancestors.side_node = side.node
    LEFT JOIN owners AS parent ON nodes.parent_node = parent.node
    LEFT JOIN only_cases USING (brand, platform, thread_id)
    WHERE NOT nodes.is_deleted AND NOT nodes.is_repost
)

SELECT
    either.case_no,
    either.node,
    either.is_own
FROM (FROM own_posts UNION ALL FROM replies_above) AS either
INNER JOIN cases USING (case_no)
WHERE either.node <> cases.head_node;
