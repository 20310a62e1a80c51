-- The posts of the batch's threads. Where they lie is looked up first, so that of all other posts
-- only the keys are read.
-- grain: one row per post
CREATE OR REPLACE TEMP TABLE thread_post_rows AS
SELECT posts.rowid AS row_id FROM posts SEMI JOIN batch_threads USING (platform, thread_id);

CREATE OR REPLACE TEMP TABLE thread_posts AS
SELECT
    platform,
    thread_id,
    post_id,
    parent_id,
    CASE WHEN deleted_at IS NULL THEN author_id END AS author_id,
    text,
    created_at,
    permalink,
    like_count,
    repost_count,
    view_count,
    repost_of_id IS NOT NULL AS is_repost,
    deleted_at IS NOT NULL AS is_deleted
FROM posts
SEMI JOIN thread_post_rows ON posts.rowid = thread_post_rows.row_id;
