-- For each post the nearest post above it whose author has a case: main_node with a main case,
-- side_node with a side case only. The walk ends at the first main case, at the top, or after as
-- many steps as the thread has posts, at most 500, so that links in a circle end too.
-- grain: one row per node that has a parent
CREATE OR REPLACE TEMP TABLE ancestors AS
WITH RECURSIVE walk AS (
    SELECT
        owners.node,
        owners.person,
        owners.parent_node AS above,
        1 AS depth
    FROM owners
    WHERE owners.parent_node IS NOT NULL
    UNION ALL
    SELECT
        walk.node,
        walk.person,
        owners.parent_node AS above,
        walk.depth + 1 AS depth
    FROM walk
    INNER JOIN owners ON walk.above = owners.node
    WHERE
        owners.main_case IS NULL
        AND owners.parent_node IS NOT NULL
        AND owners.parent_node <> walk.node
        AND walk.depth < least(owners.thread_size, 500)
)

SELECT
    walk.node,
    max(owners.node) FILTER (WHERE owners.main_case IS NOT NULL) AS main_node,
    arg_min(owners.node, walk.depth)
    FILTER (WHERE owners.main_case IS NULL AND owners.person <> walk.person) AS side_node
FROM walk
INNER JOIN owners ON walk.above = owners.node
WHERE owners.main_case IS NOT NULL OR owners.side_case IS NOT NULL
GROUP BY walk.node;
