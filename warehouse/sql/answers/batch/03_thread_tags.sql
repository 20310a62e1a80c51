-- The tag rows of the batch's posts, all models.
-- grain: one row per post and model
CREATE OR REPLACE TEMP TABLE thread_tag_rows AS
SELECT tags.rowid AS row_id FROM tags SEMI JOIN thread_posts USING (platform, post_id);

CREATE OR REPLACE TEMP TABLE thread_tags AS
SELECT tags.*
FROM tags
SEMI JOIN thread_tag_rows ON tags.rowid = thread_tag_rows.row_id;
