-- The brands, with what the page needs of them.
SELECT brand, name, time_zone, answer_within_seconds
FROM brands
ORDER BY name, brand;
