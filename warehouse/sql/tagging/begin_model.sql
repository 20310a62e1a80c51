-- A model is put to use, again or for the first time: everything it has not read waits for it.
-- $model_name, $now.
INSERT INTO tag_queue (platform, post_id)
WITH read_before AS (
    SELECT platform, post_id, text_hash FROM tags WHERE model = $model_name
)

SELECT posts.platform, posts.post_id
FROM posts
ANTI JOIN read_before
    ON
        posts.platform = read_before.platform
        AND posts.post_id = read_before.post_id
        AND read_before.text_hash = md5(posts.text)
ANTI JOIN tag_queue
    ON posts.platform = tag_queue.platform AND posts.post_id = tag_queue.post_id
WHERE posts.text <> '';

UPDATE model_runs SET last_used_at = $now WHERE model = $model_name;

INSERT INTO model_runs (model, first_used_at, last_used_at, post_count)
SELECT $model_name AS model, $now AS first_used_at, $now AS last_used_at, 0 AS post_count
WHERE NOT EXISTS (FROM model_runs WHERE model = $model_name);
