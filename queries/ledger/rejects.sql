-- Input that could not be used, newest first.
-- grain: one row per rejected line of a file; line 0 is the file as a whole
-- parameters: $since, $until (UTC, half-open)
SELECT
    rejected_at,
    file,
    line,
    reason,
    raw
FROM rejects
WHERE
    rejected_at >= $since::TIMESTAMPTZ
    AND rejected_at < $until::TIMESTAMPTZ
ORDER BY rejected_at DESC, file, line;
