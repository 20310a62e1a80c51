-- Where the posts lie that a load has brought or changed: found once, for all that follows. What
-- was written a moment ago bears $now, and DuckDB skips the row groups that hold none of it.
CREATE OR REPLACE TEMP TABLE changed AS
WITH fresh AS (
    SELECT platform, post_id, has_new_place FROM delta WHERE has_changed
)

SELECT posts.rowid AS row_id, posts.platform, posts.post_id, fresh.has_new_place
FROM posts
INNER JOIN fresh ON posts.platform = fresh.platform AND posts.post_id = fresh.post_id
WHERE posts.updated_at = $now;
