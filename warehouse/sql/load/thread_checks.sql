-- Note up to when conversations have been read.
DELETE FROM thread_checks
WHERE
    platform = $platform
    AND brand = $brand
    AND list_contains($root_ids, root_id)
    AND checked_at <= $checked_at;

INSERT INTO thread_checks BY NAME
SELECT $platform AS platform, $brand AS brand, root_id, $checked_at AS checked_at
FROM (SELECT DISTINCT unnest($root_ids) AS root_id)
WHERE root_id NOT IN (
    SELECT root_id FROM thread_checks WHERE platform = $platform AND brand = $brand
);
