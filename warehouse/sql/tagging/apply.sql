-- Put staged tags in place of older ones of the same post and model; leaves how many there are.

CREATE OR REPLACE TEMP TABLE fresh_tags AS
SELECT * EXCLUDE (seq)
FROM staged_tags
QUALIFY row_number() OVER (PARTITION BY platform, post_id, model ORDER BY seq DESC) = 1;

-- The posts they belong to; what has been deleted since gets no tags. Where they lie is looked up
-- first, so that of all other posts only the keys are read.
CREATE OR REPLACE TEMP TABLE tagged_rows AS
SELECT posts.rowid AS row_id
FROM posts
SEMI JOIN fresh_tags
    ON posts.platform = fresh_tags.platform AND posts.post_id = fresh_tags.post_id;

CREATE OR REPLACE TEMP TABLE tagged_posts AS
WITH found AS (
    SELECT posts.platform, posts.post_id, posts.thread_id, posts.text
    FROM posts
    SEMI JOIN tagged_rows ON posts.rowid = tagged_rows.row_id
    WHERE posts.text IS NOT NULL
)

SELECT
    found.platform,
    found.post_id,
    found.thread_id,
    fresh_tags.model,
    md5(found.text) = fresh_tags.text_hash AS is_current
FROM found
INNER JOIN fresh_tags
    ON found.platform = fresh_tags.platform AND found.post_id = fresh_tags.post_id;

DELETE FROM tags
USING tagged_posts
WHERE
    tags.platform = tagged_posts.platform
    AND tags.post_id = tagged_posts.post_id
    AND tags.model = tagged_posts.model;

DELETE FROM tag_queue
USING tagged_posts
WHERE
    tag_queue.platform = tagged_posts.platform
    AND tag_queue.post_id = tagged_posts.post_id
    AND tagged_posts.is_current
    AND tagged_posts.model = $model_in_use;

DELETE FROM retag_queue
USING tagged_posts
WHERE
    retag_queue.platform = tagged_posts.platform
    AND retag_queue.post_id = tagged_posts.post_id
    AND tagged_posts.is_current
    AND tagged_posts.model = $model_in_use;

INSERT INTO dirty_threads BY NAME
SELECT DISTINCT platform, thread_id FROM tagged_posts
EXCEPT
SELECT platform, thread_id FROM dirty_threads;

MERGE INTO model_runs
USING (
    SELECT model, count(*) AS post_count
    FROM tagged_posts
    GROUP BY model
) AS used
    ON model_runs.model = used.model
WHEN MATCHED THEN UPDATE SET post_count = model_runs.post_count + used.post_count
WHEN NOT MATCHED THEN
    INSERT (model, first_used_at, last_used_at, post_count)
    VALUES (used.model, $now, $now, used.post_count);

INSERT INTO tags BY NAME
SELECT fresh_tags.*
FROM fresh_tags
SEMI JOIN tagged_posts
    ON fresh_tags.platform = tagged_posts.platform AND fresh_tags.post_id = tagged_posts.post_id;
