-- severity: warn
-- Brands whose office hours are known for less than a month ahead: nobody has run Horchposten.
-- grain: one row per brand
-- parameters: $now (UTC)
SELECT brands.brand, max(office_hours.closes_at) AS last_closes_at
FROM brands
LEFT JOIN office_hours USING (brand)
GROUP BY brands.brand
HAVING coalesce(max(office_hours.closes_at) < $now + INTERVAL 30 DAYS, TRUE)
ORDER BY brands.brand;
