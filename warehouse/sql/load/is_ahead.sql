-- Whether the books know of something that is still to come. $now (UTC); $differ: how much clocks
-- may differ.
SELECT
    (SELECT count(*) FROM coverage WHERE end_at > $now)
    + (SELECT count(*) FROM gaps WHERE found_at > $now)
    + (SELECT count(*) FROM usage WHERE used_at > $now + $differ) AS ahead_count;
