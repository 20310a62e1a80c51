-- Whether the books know of something that is still to come. $now (UTC).
SELECT
    (SELECT count(*) FROM coverage WHERE end_at > $now)
    + (SELECT count(*) FROM gaps WHERE found_at > $now) AS ahead_count;
