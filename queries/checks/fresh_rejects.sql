-- severity: warn
-- Input of the last day that could not be used.
-- grain: one row per file and reason
-- parameters: $now (UTC)
SELECT file, reason, count(*) AS row_count, max(rejected_at) AS last_rejected_at
FROM rejects
WHERE rejected_at >= $now - INTERVAL 1 DAY
GROUP BY file, reason
ORDER BY row_count DESC, file, reason;
