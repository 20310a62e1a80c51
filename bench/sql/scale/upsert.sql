-- Stage scale_posts, and $known stored posts with other counts, all as shown at $now.
CREATE OR REPLACE TEMP TABLE staged_posts AS
SELECT
    * EXCLUDE (brand, step, is_company),
    row_number() OVER () AS seq,
    author_handle AS author_id,
    author_handle AS author_name,
    NULL::varchar AS quote_of_id,
    NULL::bigint AS reply_count,
    NULL::bigint AS follower_count,
    NULL::timestamptz AS edited_at,
    FALSE AS is_deleted,
    $now::timestamptz AS retrieved_at
FROM scale_posts;

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

CREATE OR REPLACE TEMP TABLE shown_again AS
FROM staged_posts;
