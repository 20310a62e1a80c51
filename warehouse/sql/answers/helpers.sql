-- Counts the helpful answers of touched_members again, and names those who became super-users or
-- ceased to be by it.
-- parameters: $helpful_count answers make a super-user
CREATE OR REPLACE TEMP TABLE counted AS
WITH touched AS (
    SELECT DISTINCT brand, platform, author_id FROM touched_members
)

SELECT
    brand,
    platform,
    author_id,
    count(DISTINCT coalesce(part_of_id, post_id)) FILTER (WHERE is_helpful) AS helpful_count,
    bool_or(role = 'superuser') AS is_superuser,
    max(replied_at) AS last_answer_at
FROM replies
SEMI JOIN touched USING (brand, platform, author_id)
WHERE is_answer AND role IN ('superuser', 'community')
GROUP BY ALL
HAVING helpful_count > 0;

CREATE OR REPLACE TEMP TABLE changed_superusers AS
SELECT DISTINCT brand, platform, author_id
FROM touched_members
LEFT JOIN counted USING (brand, platform, author_id)
LEFT JOIN helpers USING (brand, platform, author_id)
WHERE
    coalesce(counted.helpful_count >= $helpful_count, FALSE)
    <> coalesce(helpers.helpful_count >= $helpful_count, FALSE);

DELETE FROM helpers
USING touched_members AS touched
WHERE
    helpers.brand = touched.brand
    AND helpers.platform = touched.platform
    AND helpers.author_id = touched.author_id;

INSERT INTO helpers BY NAME FROM counted;
