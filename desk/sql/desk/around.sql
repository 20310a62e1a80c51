-- The mentions before and after one in its list, and the list's length. Parameters as in list.sql;
-- $at_brand, $at_platform, $at_post_id: the one.
WITH places AS (
    SELECT brand, platform, post_id, place
    FROM
        chosen(
            $allowed, $me, $list, $brand, $platform, $status, $reason, $lang, $owner
        )
),

here AS (
    SELECT place
    FROM places
    WHERE brand = $at_brand AND platform = $at_platform AND post_id = $at_post_id
),

total AS (
    SELECT count(*) AS mention_count
    FROM places
)

SELECT
    places.brand,
    places.platform,
    places.post_id,
    places.place - here.place AS step,
    here.place,
    total.mention_count
FROM places
INNER JOIN here ON abs(places.place - here.place) <= 1
CROSS JOIN total;
