-- Stage $known stored posts too, with other counts, as shown at $now; and make room in memory.
INSERT INTO staged_posts BY NAME
SELECT
    posts.platform,
    posts.post_id,
    posts.author_id,
    posts.author_id AS author_handle,
    posts.author_id AS author_name,
    posts.text,
    posts.created_at,
    posts.permalink,
    posts.reply_to_id,
    posts.root_id,
    posts.repost_of_id,
    posts.lang,
    posts.like_count + 1 AS like_count,
    posts.repost_count,
    posts.view_count + 7 AS view_count,
    FALSE AS is_deleted,
    $now::timestamptz AS retrieved_at
FROM posts
WHERE posts.deleted_at IS NULL AND posts.created_at < $now::timestamptz - INTERVAL 3 HOUR
ORDER BY posts.created_at DESC
LIMIT $known;

DROP TABLE scale_posts;

DROP TABLE scale_tags;

DROP TABLE scale_threads;
