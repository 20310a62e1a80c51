-- Who became or ceased to be a super-user by helpful answers, parts of one reply counted once.
-- grain: one row per brand, platform and author whose standing changed
-- parameters: $helpful_count answers that make one
CREATE OR REPLACE TEMP TABLE changed_superusers AS
WITH earned AS (
    SELECT brand, platform, author_id
    FROM replies
    WHERE is_helpful AND role IN ('superuser', 'community')
    GROUP BY ALL
    HAVING count(DISTINCT coalesce(part_of_id, post_id)) >= $helpful_count
)

SELECT
    brand,
    platform,
    author_id,
    earned.author_id IS NOT NULL AS is_superuser
FROM earned
FULL JOIN superusers USING (brand, platform, author_id)
WHERE (earned.author_id IS NULL) <> (superusers.author_id IS NULL);
