-- The mentions of `work` that actions after the one numbered $after are about.
CREATE OR REPLACE TEMP TABLE touched AS
WITH acted AS (
    SELECT DISTINCT platform, post_id
    FROM acts
    WHERE seq > $after
)

SELECT work.*
FROM work
INNER JOIN acted USING (platform, post_id);
