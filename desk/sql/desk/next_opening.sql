-- The first opening of a brand after $after (UTC); nothing where it never closes. $brand
SELECT min(opens_at) AS opens_at
FROM office_hours
WHERE brand = $brand AND opens_at >= $after::TIMESTAMPTZ;
