-- What was read while our clock ran ahead claims time that had not come. Believed is only what lies
-- before the last reading that is not in the future itself; the rest is read again.
-- If a platform has posts of the future, our clock is behind now: then nothing is touched.
-- $now (UTC); $differ: how much clocks may differ; $settling: what of a reading does not count.
CREATE OR REPLACE TEMP TABLE ahead AS
WITH suspects AS (
    SELECT DISTINCT brand, platform FROM coverage
    WHERE end_at > $now AND end_at < $now + INTERVAL 7 DAYS
    UNION
    SELECT DISTINCT brand, platform FROM gaps
    WHERE found_at > $now AND found_at < $now + INTERVAL 7 DAYS
    UNION
    SELECT DISTINCT brand, platform FROM usage -- look-ups leave no other trace
    WHERE used_at > $now + $differ AND used_at < $now + INTERVAL 7 DAYS
),

honest AS (
    SELECT brand, platform, max(used_at) AS read_at
    FROM usage
    WHERE used_at <= $now
    GROUP BY ALL
)

SELECT suspects.*, coalesce(honest.read_at - $settling, '-infinity') AS believed_until
FROM suspects
LEFT JOIN honest USING (brand, platform)
WHERE platform NOT IN (SELECT platform FROM posts WHERE created_at > $now + $differ);

DELETE FROM coverage
USING ahead
WHERE
    coverage.brand = ahead.brand
    AND coverage.platform = ahead.platform
    AND coverage.end_at > $now
    AND coverage.start_at >= ahead.believed_until;

UPDATE coverage
SET end_at = ahead.believed_until
FROM ahead
WHERE
    coverage.brand = ahead.brand
    AND coverage.platform = ahead.platform
    AND coverage.end_at > $now;

DELETE FROM gaps
USING ahead
WHERE
    gaps.brand = ahead.brand
    AND gaps.platform = ahead.platform
    AND gaps.found_at > $now;

DELETE FROM thread_checks
USING ahead
WHERE
    thread_checks.brand = ahead.brand
    AND thread_checks.platform = ahead.platform
    AND thread_checks.checked_at > $now;

UPDATE posts
SET checked_at = $now
WHERE checked_at > $now AND platform IN (SELECT platform FROM ahead);

UPDATE usage
SET used_at = $now
FROM ahead
WHERE
    usage.brand = ahead.brand
    AND usage.platform = ahead.platform
    AND usage.used_at > $now;
