-- The cases: the main one from an asker's first mention that needs an answer on, and a side one
-- for mentions that need none and come before it (or stand alone).
-- grain: one row per brand, thread, asker and is_main, numbered by case_no
CREATE OR REPLACE TEMP TABLE cases AS
WITH mentions_in_order AS (
    SELECT
        nodes.brand,
        nodes.platform,
        nodes.thread_id,
        nodes.person,
        readings.needs_answer,
        struct_pack(
            created_at := nodes.created_at, post_id := nodes.post_id, node := nodes.node
        ) AS place
    FROM nodes
    INNER JOIN readings USING (node)
    WHERE nodes.kind IS NOT NULL AND NOT nodes.is_company
),

askers AS (
    SELECT
        brand,
        platform,
        thread_id,
        person,
        min(place) AS first_place,
        min(place) FILTER (WHERE needs_answer) AS main_place
    FROM mentions_in_order
    GROUP BY ALL
),

heads AS (
    SELECT * EXCLUDE (first_place, main_place), true AS is_main, main_place AS head
    FROM askers
    WHERE main_place IS NOT NULL
    UNION ALL
    SELECT * EXCLUDE (first_place, main_place), false AS is_main, first_place AS head
    FROM askers
    WHERE main_place IS NULL OR first_place < main_place
)

SELECT
    row_number() OVER () AS case_no,
    brand,
    platform,
    thread_id,
    person,
    is_main,
    head.node AS head_node,
    head.post_id AS head_id,
    head.created_at AS head_at
FROM heads;
