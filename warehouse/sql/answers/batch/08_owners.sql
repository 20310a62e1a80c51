-- Which case a post would draw replies to: its asker's main case, else the side case.
-- grain: one row per node
CREATE OR REPLACE TEMP TABLE owners AS
SELECT
    nodes.node,
    nodes.parent_node,
    nodes.person,
    nodes.created_at,
    nodes.is_company,
    main.case_no AS main_case,
    side.case_no AS side_case,
    main.head_at AS main_at,
    count(*) OVER (PARTITION BY nodes.brand, nodes.platform, nodes.thread_id) AS thread_size,
    -- Whether the post itself lies in the main case.
    coalesce((nodes.created_at, nodes.post_id) >= (main.head_at, main.head_id), false) AS is_in_main
FROM nodes
LEFT JOIN cases AS main
    ON
        nodes.brand = main.brand
        AND nodes.platform = main.platform
        AND nodes.thread_id = main.thread_id
        AND nodes.person = main.person
        AND main.is_main
LEFT JOIN cases AS side
    ON
        nodes.brand = side.brand
        AND nodes.platform = side.platform
        AND nodes.thread_id = side.thread_id
        AND nodes.person = side.person
        AND NOT side.is_main;
