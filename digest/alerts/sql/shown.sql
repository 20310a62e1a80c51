-- The posts that an alert shows, as they are now.
-- grain: one row per post that is still there
-- parameters: $brand, $alert_id
SELECT
    mention_status.platform,
    mention_status.post_id,
    mention_status.permalink,
    mention_status.kind,
    mention_status.author_handle,
    mention_status.author_name,
    mention_status.follower_count,
    mention_status.text,
    mention_status.created_at,
    mention_status.reasons,
    mention_status.private_data,
    mention_status.spill_over
FROM alert_posts
INNER JOIN mention_status USING (brand, platform, post_id)
WHERE alert_posts.brand = $brand AND alert_posts.alert_id = $alert_id
ORDER BY alert_posts.place;
