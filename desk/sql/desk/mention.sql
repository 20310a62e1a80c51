-- One mention. $brand, $platform, $post_id
SELECT *
FROM desk
WHERE brand = $brand AND platform = $platform AND post_id = $post_id;
