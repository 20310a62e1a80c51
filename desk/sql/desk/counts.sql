-- How many mentions each list holds. $allowed (NULL = all), $me, $brand ('' = all)
WITH mentions AS (
    SELECT lists, assigned_to
    FROM desk
    WHERE
        ($allowed IS NULL OR list_contains($allowed, brand))
        AND ($brand = '' OR brand = $brand)
)

SELECT name, count(*) AS mention_count
FROM (SELECT unnest(lists) AS name FROM mentions) AS memberships
GROUP BY name
UNION ALL
SELECT 'mine' AS name, count(*) AS mention_count
FROM mentions
WHERE assigned_to = $me AND list_contains(lists, 'open');
