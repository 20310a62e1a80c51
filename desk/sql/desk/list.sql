-- One page of a list.
-- $allowed (brands, NULL = all), $me, $list, $brand, $platform, $status, $reason, $lang, $owner
-- ('' = any, - = nobody), $first and $last (1-based places)
WITH places AS (
    SELECT row_id, place, count(*) OVER () AS list_count
    FROM
        chosen(
            $allowed, $me, $list, $brand, $platform, $status, $reason, $lang, $owner
        )
    QUALIFY place BETWEEN $first AND $last
)

SELECT desk.*, places.place, places.list_count
FROM places
INNER JOIN desk ON places.row_id = desk.rowid
ORDER BY places.place;
