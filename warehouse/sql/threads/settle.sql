-- Write the threads that were found. A chain that never ended runs in a loop: its thread is named
-- after the smallest id of the loop.

UPDATE chains
SET up_id = ends.low_id
FROM chains AS ends
WHERE
    NOT chains.is_final
    AND chains.platform = ends.platform
    AND chains.up_id = ends.post_id;

CREATE OR REPLACE TEMP TABLE settled AS
SELECT
    chains.row_id,
    chains.platform,
    CASE WHEN delta.is_new THEN NULL ELSE chains.old_thread_id END AS old_thread_id,
    chains.up_id AS thread_id
FROM chains
LEFT JOIN delta USING (platform, post_id);

UPDATE posts
SET thread_id = settled.thread_id
FROM settled
WHERE posts.rowid = settled.row_id AND posts.thread_id <> settled.thread_id;
