-- Erases a person: texts, author and address of every post, and their handle in what others wrote.
-- The posts stay as numbers, and tombstones stop them from coming back.
-- $platform: NULL = all; $who: handle in lower case without @, or the platform's author id
CREATE OR REPLACE TEMP TABLE forgotten AS
SELECT DISTINCT platform, author_id, handle
FROM authors
WHERE
    ($platform IS NULL OR platform = $platform)
    AND (lower(handle) = $who OR author_id = $who);

CREATE OR REPLACE TEMP TABLE forgotten_posts AS
SELECT posts.platform, posts.post_id, posts.thread_id
FROM posts
SEMI JOIN forgotten
    ON posts.platform = forgotten.platform AND posts.author_id = forgotten.author_id;

INSERT INTO tombstones BY NAME
SELECT
    platform,
    NULL AS post_id,
    sha256(platform || ':' || author_id) AS author_hash,
    'forgotten' AS reason,
    $now AS created_at
FROM forgotten;

INSERT INTO dirty_threads BY NAME
SELECT DISTINCT platform, thread_id FROM forgotten_posts
EXCEPT
SELECT platform, thread_id FROM dirty_threads;

UPDATE posts
SET
    text = NULL,
    author_id = NULL,
    permalink = NULL,
    deleted_at = coalesce(deleted_at, $now),
    updated_at = $now
FROM forgotten_posts
WHERE posts.platform = forgotten_posts.platform AND posts.post_id = forgotten_posts.post_id;

-- Answers to them still greet them by name.
UPDATE posts
SET
    text = regexp_replace(text, '(?i)@' || regexp_escape(forgotten.handle) || '\b', '@…', 'g'),
    updated_at = $now
FROM forgotten
WHERE
    posts.platform = forgotten.platform
    AND forgotten.handle <> ''
    AND contains(lower(posts.text), '@' || lower(forgotten.handle));

UPDATE answers
SET
    asker_id = NULL,
    author_handle = NULL,
    author_name = NULL,
    follower_count = NULL,
    permalink = NULL,
    text = NULL,
    updated_at = $now
FROM forgotten
WHERE answers.platform = forgotten.platform AND answers.asker_id = forgotten.author_id;

UPDATE answers
SET
    text = regexp_replace(text, '(?i)@' || regexp_escape(forgotten.handle) || '\b', '@…', 'g'),
    updated_at = $now
FROM forgotten
WHERE
    answers.platform = forgotten.platform
    AND forgotten.handle <> ''
    AND contains(lower(answers.text), '@' || lower(forgotten.handle));

UPDATE replies SET author_id = NULL
FROM forgotten
WHERE replies.platform = forgotten.platform AND replies.author_id = forgotten.author_id;

DELETE FROM helpers USING forgotten
WHERE helpers.platform = forgotten.platform AND helpers.author_id = forgotten.author_id;

DELETE FROM triage USING forgotten_posts
WHERE triage.platform = forgotten_posts.platform AND triage.post_id = forgotten_posts.post_id;

DELETE FROM rejects WHERE contains(lower(raw), $who);

DELETE FROM authors USING forgotten
WHERE authors.platform = forgotten.platform AND authors.author_id = forgotten.author_id;

SELECT platform, post_id FROM forgotten_posts;
