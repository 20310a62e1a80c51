-- What has been read of a brand's topics on a platform. $brand, $platform: NULL for all.
SELECT brand, platform, topic, start_at, end_at
FROM coverage
WHERE
    ($brand IS NULL OR brand = $brand)
    AND ($platform IS NULL OR platform = $platform)
ORDER BY brand, platform, topic, start_at;
