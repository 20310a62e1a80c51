-- severity: fail
-- Mentions, tags, answers and replies of posts that are not stored.
-- grain: one row per table and post
-- parameters: none
WITH referring AS (
    SELECT 'mentions' AS stored_in, platform, post_id FROM mentions
    UNION
    SELECT 'tags' AS stored_in, platform, post_id FROM tags
    UNION
    SELECT 'answers' AS stored_in, platform, post_id FROM answers
    UNION
    SELECT 'replies' AS stored_in, platform, post_id FROM replies
    UNION
    SELECT 'tag_queue' AS stored_in, platform, post_id FROM tag_queue
)

SELECT stored_in, platform, post_id
FROM referring
ANTI JOIN posts USING (platform, post_id)
ORDER BY stored_in, platform, post_id;
