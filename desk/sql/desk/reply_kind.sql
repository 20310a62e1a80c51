-- The kind of a reply as the published copy has it. $brand, $platform, $post_id
SELECT min(reply_kind) AS reply_kind
FROM replies
WHERE brand = $brand AND platform = $platform AND post_id = $post_id;
