-- Texts that an earlier model has read, newest first. $most: how many at most.
SELECT posts.platform, posts.post_id, posts.text, posts.lang, md5(posts.text) AS text_hash
FROM posts
SEMI JOIN retag_queue
    ON posts.platform = retag_queue.platform AND posts.post_id = retag_queue.post_id
ANTI JOIN tag_queue
    ON posts.platform = tag_queue.platform AND posts.post_id = tag_queue.post_id
WHERE posts.text <> ''
ORDER BY posts.created_at DESC, posts.platform, posts.post_id
LIMIT $most;
