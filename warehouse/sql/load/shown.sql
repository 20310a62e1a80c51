-- What a load shows of each post: its newest live version, and when it was last seen to be gone.
-- $is_import: the posts come from a file somebody handed in, not from the platform itself.

-- Which rows are the newest live versions: chosen by their keys, since a load may be large.
CREATE OR REPLACE TEMP TABLE live_rows AS
WITH allowed AS (
    SELECT
        staged_posts.rowid AS row_id,
        platform,
        post_id,
        edited_at,
        retrieved_at,
        seq
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
)

SELECT allowed.row_id
FROM allowed
ANTI JOIN repeated USING (platform, post_id)
UNION ALL
SELECT allowed.row_id
FROM allowed
SEMI JOIN repeated USING (platform, post_id)
QUALIFY row_number() OVER (
    PARTITION BY platform, post_id
    ORDER BY edited_at DESC NULLS LAST, retrieved_at DESC, seq DESC
) = 1;

CREATE OR REPLACE TEMP TABLE shown AS
WITH live AS (
    SELECT staged_posts.* REPLACE (nullif(author_id, '') AS author_id)
    FROM staged_posts
    SEMI JOIN live_rows ON staged_posts.rowid = live_rows.row_id
),

gone AS (
    SELECT platform, post_id, max(retrieved_at) AS gone_at
    FROM staged_posts
    WHERE is_deleted
    GROUP BY ALL
)

SELECT
    live.*,
    gone.gone_at,
    CASE WHEN NOT $is_import THEN live.retrieved_at END AS shown_at
FROM live
LEFT JOIN gone USING (platform, post_id)
UNION ALL BY NAME
SELECT gone.*
FROM gone
ANTI JOIN live USING (platform, post_id);

CREATE OR REPLACE TEMP TABLE known AS
SELECT posts.rowid AS row_id
FROM posts
SEMI JOIN shown ON posts.platform = shown.platform AND posts.post_id = shown.post_id;
