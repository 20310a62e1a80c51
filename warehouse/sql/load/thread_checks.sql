-- Note up to when conversations have been read.
DELETE FROM thread_checks
WHERE
    platform = $platform
    AND brand = $brand
    AND list_contains($root_ids, root_id)
    AND checked_at <= $checked_at;

INSERT INTO thread_checks (platform, brand, root_id, checked_at)
WITH read AS (
    SELECT DISTINCT unnest($root_ids) AS root_id
)

SELECT $platform, $brand, root_id, $checked_at
FROM read
WHERE root_id NOT IN (
    SELECT root_id FROM thread_checks WHERE platform = $platform AND brand = $brand
);
