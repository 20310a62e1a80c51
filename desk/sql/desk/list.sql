-- One page of a list, and how many mentions the list has in all.
-- $allowed (brands, NULL = all), $me, $list, $brand, $platform, $status, $reason, $lang, $owner
-- ('' = any, - = nobody), $first and $last (1-based places)
SELECT *
FROM
    chosen(
        $allowed, $me, $list, $brand, $platform, $status, $reason, $lang, $owner
    )
WHERE place BETWEEN $first AND $last
ORDER BY place;
