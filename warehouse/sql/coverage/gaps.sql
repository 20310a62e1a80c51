-- What platforms did not give, newest finding first: as entered, since the clock that `found_at` is
-- read from may have been set back in between. $brand, $platform: NULL for all.
SELECT brand, platform, topic, start_at, end_at, reason, detail, is_final
FROM gaps
WHERE
    ($brand IS NULL OR brand = $brand)
    AND ($platform IS NULL OR platform = $platform)
ORDER BY brand, platform, topic, rowid DESC;
