-- Everybody who has ever been assigned a mention of a brand. $brand
SELECT DISTINCT value AS name
FROM (
    SELECT brand, value FROM acts WHERE action = 'assign'
    UNION ALL
    SELECT brand, value FROM triage WHERE action = 'assign'
) AS assigned
WHERE
    brand = $brand
    AND value NOT IN ('', 'service')
    AND value NOT IN (SELECT owner FROM brand_routes WHERE brand = $brand)
ORDER BY name;
