-- Note the posts that an alert shows, in their order.
-- grain: one row in alert_posts per post
-- parameters: $brand, $alert_id, $platforms and $post_ids (lists of the same length)
INSERT INTO alert_posts (brand, alert_id, platform, post_id, place)
SELECT
    $brand,
    $alert_id,
    unnest($platforms::VARCHAR[]) AS platform,
    unnest($post_ids::VARCHAR[]) AS post_id,
    generate_subscripts($post_ids::VARCHAR[], 1) AS place;
