-- The posts whose thread has to be found: new and moved ones, those that hung below a moved one,
-- and those that waited for a new one. Each starts out pointing at the next post up.

CREATE OR REPLACE TEMP TABLE nodes AS
WITH unsettled AS (
    SELECT platform, post_id AS thread_id FROM delta WHERE is_new
    UNION
    SELECT platform, stored_thread_id AS thread_id FROM delta WHERE has_new_place AND NOT is_new
),

row_ids AS (
    SELECT row_id FROM changed WHERE has_new_place
    UNION
    SELECT posts.rowid
    FROM posts
    SEMI JOIN
        unsettled ON posts.platform = unsettled.platform AND posts.thread_id = unsettled.thread_id
)

SELECT
    posts.rowid AS row_id,
    posts.platform,
    posts.post_id,
    posts.thread_id AS old_thread_id,
    CASE
        WHEN posts.root_id <> posts.post_id THEN posts.root_id
        WHEN posts.reply_to_id <> posts.post_id THEN posts.reply_to_id
        WHEN posts.quote_of_id <> posts.post_id THEN posts.quote_of_id
    END AS next_id
FROM posts
SEMI JOIN row_ids ON posts.rowid = row_ids.row_id;

-- up_id: the post reached so far. is_final: it is the thread's head, or the settled thread of a
-- post outside of nodes, or a post we do not have. low_id: the smallest id met on the way.
CREATE OR REPLACE TEMP TABLE chains AS
WITH outside AS (
    SELECT posts.platform, posts.post_id, posts.thread_id
    FROM posts
    SEMI JOIN nodes ON posts.platform = nodes.platform AND posts.post_id = nodes.next_id
    ANTI JOIN nodes AS inner_nodes
        ON posts.platform = inner_nodes.platform AND posts.post_id = inner_nodes.post_id
)

SELECT
    nodes.*,
    upper_nodes.post_id IS NULL AS is_final,
    coalesce(upper_nodes.post_id, outside.thread_id, nodes.next_id, nodes.post_id) AS up_id,
    least(nodes.post_id, nodes.next_id) AS low_id
FROM nodes
LEFT JOIN nodes AS upper_nodes
    ON nodes.platform = upper_nodes.platform AND nodes.next_id = upper_nodes.post_id
LEFT JOIN outside
    ON nodes.platform = outside.platform AND nodes.next_id = outside.post_id;
