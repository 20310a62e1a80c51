-- Write what delta holds into posts: of most known ones only the counts. $now: the load's time.

UPDATE posts
SET
    author_id = delta.author_id,
    text = delta.text,
    created_at = delta.created_at,
    permalink = delta.permalink,
    reply_to_id = delta.reply_to_id,
    root_id = delta.root_id,
    repost_of_id = delta.repost_of_id,
    quote_of_id = delta.quote_of_id,
    parent_id = coalesce(delta.reply_to_id, delta.quote_of_id),
    lang = delta.lang,
    edited_at = delta.edited_at,
    deleted_at = delta.deleted_at
FROM delta
WHERE posts.rowid = delta.row_id AND delta.says_else;

UPDATE posts
SET
    like_count = delta.like_count,
    reply_count = delta.reply_count,
    repost_count = delta.repost_count,
    view_count = delta.view_count,
    updated_at = $now
FROM delta
WHERE posts.rowid = delta.row_id AND delta.differs;

UPDATE posts
SET checked_at = delta.checked_at
FROM delta
WHERE posts.rowid = delta.row_id AND delta.checked_at IS DISTINCT FROM delta.stored_checked_at;

-- The thread is settled right after, by threads/.
INSERT INTO posts BY NAME
SELECT
    platform,
    post_id,
    author_id,
    text,
    created_at,
    permalink,
    reply_to_id,
    root_id,
    repost_of_id,
    quote_of_id,
    post_id AS thread_id,
    coalesce(reply_to_id, quote_of_id) AS parent_id,
    lang,
    like_count,
    reply_count,
    repost_count,
    view_count,
    first_seen_at,
    $now AS updated_at,
    checked_at,
    edited_at,
    deleted_at
FROM delta
WHERE is_new;
