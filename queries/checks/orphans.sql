-- severity: fail
-- Mentions, tags, answers and replies of posts that are not stored.
-- grain: one row per table and post
-- parameters: none
WITH referring AS (
    SELECT 'mentions' AS stored_in, platform, post_id FROM mentions
    UNION ALL
    SELECT 'tags' AS stored_in, platform, post_id FROM tags
    UNION ALL
    SELECT 'answers' AS stored_in, platform, post_id FROM answers
    UNION ALL
    SELECT 'replies' AS stored_in, platform, post_id FROM replies
    UNION ALL
    SELECT 'tag_queue' AS stored_in, platform, post_id FROM tag_queue
)

SELECT DISTINCT stored_in, platform, post_id
FROM referring
ANTI JOIN posts USING (platform, post_id)
ORDER BY stored_in, platform, post_id;
