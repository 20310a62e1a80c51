-- What a load shows of each post: its newest live version, and when it was last seen to be gone.
-- $is_import: the posts come from a file somebody handed in, not from the platform itself.

CREATE OR REPLACE TEMP TABLE shown AS
WITH allowed AS (
    SELECT * REPLACE (nullif(author_id, '') AS author_id)
    FROM staged_posts
    WHERE
        NOT is_deleted
        AND NOT EXISTS (
            FROM tombstones
            WHERE
                tombstones.platform = staged_posts.platform
                AND tombstones.post_id = staged_posts.post_id
        )
        AND NOT EXISTS (
            FROM tombstones
            WHERE author_hash = sha256(staged_posts.platform || ':' || staged_posts.author_id)
        )
),

repeated AS ( -- few, so that few rows have to be ordered
    SELECT platform, post_id
    FROM staged_posts
    GROUP BY ALL
    HAVING count(*) > 1
),

live AS (
    SELECT allowed.*
    FROM allowed
    ANTI JOIN repeated USING (platform, post_id)
    UNION ALL
    SELECT allowed.*
    FROM allowed
    SEMI JOIN repeated USING (platform, post_id)
    QUALIFY row_number() OVER (
        PARTITION BY platform, post_id
        ORDER BY edited_at DESC NULLS LAST, retrieved_at DESC, seq DESC
    ) = 1
),

gone AS (
    SELECT platform, post_id, max(retrieved_at) AS gone_at
    FROM staged_posts
    WHERE is_deleted
    GROUP BY ALL
)

SELECT
    platform, -- of either side: a post may be shown only as gone
    post_id,
    live.* EXCLUDE (platform, post_id),
    gone.gone_at,
    CASE WHEN NOT $is_import THEN live.retrieved_at END AS shown_at
FROM live
FULL JOIN gone USING (platform, post_id);

CREATE OR REPLACE TEMP TABLE known AS
SELECT posts.rowid AS row_id
FROM posts
SEMI JOIN shown ON posts.platform = shown.platform AND posts.post_id = shown.post_id;
