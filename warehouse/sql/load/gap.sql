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

INSERT INTO gaps (brand, topic, platform, start_at, end_at, reason, detail, is_final, found_at)
SELECT
    $brand,
    unnest($topics) AS topic,
    $platform,
    $start_at,
    $end_at,
    $reason,
    $detail,
    $is_final,
    $now;
