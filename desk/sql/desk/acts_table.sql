-- People's actions beside the copy: they are newer than it.
CREATE OR REPLACE TEMP TABLE acts AS
SELECT
    0::BIGINT AS seq,
    done_at AS acted_at,
    done_by AS who,
    brand,
    platform,
    post_id,
    action,
    NULL::VARCHAR AS field,
    value,
    until_at
FROM triage
WHERE false;
