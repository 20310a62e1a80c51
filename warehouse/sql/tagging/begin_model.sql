-- A model is put to use, again or for the first time: everything it has not read waits for it.
-- $model, $now.
INSERT INTO tag_queue BY NAME
SELECT posts.platform, posts.post_id
FROM posts
ANTI JOIN (SELECT * FROM tags WHERE model = $model) AS read_before
    ON posts.platform = read_before.platform
    AND posts.post_id = read_before.post_id
    AND md5(posts.text) = read_before.text_hash
ANTI JOIN tag_queue
    ON posts.platform = tag_queue.platform AND posts.post_id = tag_queue.post_id
WHERE posts.text <> '';

MERGE INTO model_runs
USING (SELECT $model AS model) AS used
ON model_runs.model = used.model
WHEN MATCHED THEN UPDATE SET last_used_at = $now
WHEN NOT MATCHED THEN INSERT (model, first_used_at, last_used_at, post_count)
VALUES (used.model, $now, $now, 0);
