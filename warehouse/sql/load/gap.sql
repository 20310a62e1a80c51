-- Enter a stretch that a platform did not give. A gap that another try may close is forgotten when
-- a later try names a stretch around it; the same gap found again is the same gap.
DELETE FROM gaps
WHERE
    brand = $brand
    AND list_contains($topics, topic)
    AND platform = $platform
    AND (
        (NOT is_final AND start_at >= $start_at AND end_at <= $end_at)
        OR (start_at = $start_at AND end_at = $end_at)
    );

INSERT INTO gaps BY NAME
SELECT
    $brand AS brand,
    unnest($topics) AS topic,
    $platform AS platform,
    $start_at AS start_at,
    $end_at AS end_at,
    $reason AS reason,
    $detail AS detail,
    $is_final AS is_final,
    $now AS found_at;
