-- A model is put to use, again or for the first time. What no model has read waits in tag_queue;
-- what only others have read waits in retag_queue.
-- $model_name, $now.
CREATE OR REPLACE TEMP TABLE unread AS
WITH read_before AS (
    SELECT platform, post_id, text_hash, bool_or(model = $model_name) AS by_this_model
    FROM tags
    GROUP BY ALL
)

SELECT posts.platform, posts.post_id, read_before.by_this_model IS NOT NULL AS is_tagged
FROM posts
LEFT JOIN read_before
    ON
        posts.platform = read_before.platform
        AND posts.post_id = read_before.post_id
        AND read_before.text_hash = md5(posts.text)
WHERE posts.text <> '' AND read_before.by_this_model IS NOT TRUE;

INSERT INTO tag_queue BY NAME
SELECT platform, post_id FROM unread WHERE NOT is_tagged
EXCEPT
SELECT platform, post_id FROM tag_queue;

DELETE FROM retag_queue;

INSERT INTO retag_queue BY NAME
SELECT platform, post_id FROM unread WHERE is_tagged;

DROP TABLE unread;

UPDATE model_runs SET last_used_at = $now WHERE model = $model_name;

INSERT INTO model_runs (model, first_used_at, last_used_at, post_count)
SELECT $model_name AS model, $now AS first_used_at, $now AS last_used_at, 0 AS post_count
WHERE NOT EXISTS (FROM model_runs WHERE model = $model_name);
