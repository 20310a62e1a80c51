-- Whose the mentions of a brand can be, as in the watch-list's routing; service: no rule fits.
-- $brand
SELECT owner
FROM (
    SELECT 'service' AS owner, 0 AS place
    UNION ALL
    SELECT owner, place FROM brand_routes WHERE brand = $brand
) AS owners
GROUP BY owner
ORDER BY min(place);
