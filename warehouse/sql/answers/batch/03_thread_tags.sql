-- The tag rows of the batch's posts, all models.
-- grain: one row per post and model
CREATE OR REPLACE TEMP TABLE thread_tags AS
SELECT tags.*
FROM tags
SEMI JOIN thread_posts USING (platform, post_id);
