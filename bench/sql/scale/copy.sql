-- Copy the block's tables, $blocks_back blocks of $days days back in time: other posts, other
-- customers, the same course of things. The block is attached as `block`.
CREATE OR REPLACE TEMP MACRO back(moment) AS
moment - to_days(getvariable('blocks_back') * getvariable('days'));

CREATE OR REPLACE TEMP MACRO other_post(id) AS
(id::bigint - getvariable('blocks_back') * getvariable('ids'))::varchar;

CREATE OR REPLACE TEMP MACRO other_author(id) AS
CASE WHEN starts_with(id, 'kunde') THEN id || '_' || getvariable('blocks_back') ELSE id END;

SET VARIABLE blocks_back = $blocks_back::integer;
SET VARIABLE days = $days::integer;
SET VARIABLE ids = $ids::bigint;

INSERT INTO posts
SELECT * REPLACE (
    other_post(post_id) AS post_id,
    other_author(author_id) AS author_id,
    other_post(reply_to_id) AS reply_to_id,
    other_post(root_id) AS root_id,
    other_post(repost_of_id) AS repost_of_id,
    other_post(thread_id) AS thread_id,
    other_post(parent_id) AS parent_id,
    back(created_at) AS created_at,
    back(first_seen_at) AS first_seen_at,
    back(updated_at) AS updated_at,
    back(checked_at) AS checked_at
)
FROM block.posts
ORDER BY created_at;

INSERT INTO authors
SELECT * REPLACE (
    other_author(author_id) AS author_id,
    back(first_seen_at) AS first_seen_at,
    back(updated_at) AS updated_at
)
FROM block.authors
WHERE starts_with(author_id, 'kunde') OR $blocks_back = 0;

INSERT INTO mentions
SELECT * REPLACE (other_post(post_id) AS post_id, back(first_seen_at) AS first_seen_at)
FROM block.mentions
ORDER BY rowid;

INSERT INTO tags
SELECT * REPLACE (other_post(post_id) AS post_id, back(tagged_at) AS tagged_at)
FROM block.tags
ORDER BY tagged_at;

INSERT INTO answers
SELECT * REPLACE (
    other_post(post_id) AS post_id,
    other_post(thread_id) AS thread_id,
    other_post(follows_id) AS follows_id,
    other_author(asker_id) AS asker_id,
    back(created_at) AS created_at,
    back(local_at) AS local_at,
    back(opened_at) AS opened_at,
    back(due_at) AS due_at,
    back(first_reply_at) AS first_reply_at,
    back(first_answer_at) AS first_answer_at,
    back(answered_at) AS answered_at,
    back(updated_at) AS updated_at
)
FROM block.answers
ORDER BY created_at;

INSERT INTO replies
SELECT * REPLACE (
    other_post(thread_id) AS thread_id,
    other_post(head_id) AS head_id,
    other_post(post_id) AS post_id,
    other_author(author_id) AS author_id,
    other_post(part_of_id) AS part_of_id,
    back(replied_at) AS replied_at
)
FROM block.replies
ORDER BY replied_at;

INSERT INTO helpers
SELECT * REPLACE (other_author(author_id) AS author_id, back(last_answer_at) AS last_answer_at)
FROM block.helpers;
