-- A mention that `work` lacks. $brand, $platform, $post_id
CREATE OR REPLACE TEMP TABLE taken AS
SELECT *
FROM mention_status
WHERE
    brand = $brand
    AND platform = $platform
    AND post_id = $post_id
    AND NOT EXISTS (
        SELECT 1
        FROM work
        WHERE brand = $brand AND platform = $platform AND post_id = $post_id
    );
