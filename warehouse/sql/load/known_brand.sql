-- Whether the watch-list has $brand.
SELECT count(*) FROM brands WHERE brand = $brand;
