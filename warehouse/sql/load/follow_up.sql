-- What a load leaves to do: threads to look at again, texts to tag.
CREATE OR REPLACE TEMP TABLE touched_threads AS
SELECT posts.platform, posts.thread_id
FROM posts
SEMI JOIN changed ON posts.rowid = changed.row_id
UNION
SELECT platform, thread_id FROM settled WHERE old_thread_id <> thread_id
UNION
SELECT platform, old_thread_id FROM settled WHERE old_thread_id <> thread_id
UNION
SELECT posts.platform, posts.thread_id
FROM posts
SEMI JOIN mention_changes ON posts.rowid = mention_changes.row_id
UNION
SELECT posts.platform, posts.thread_id
FROM posts
SEMI JOIN renamed ON posts.platform = renamed.platform AND posts.author_id = renamed.author_id;

INSERT INTO dirty_threads BY NAME
SELECT * FROM touched_threads
EXCEPT
SELECT platform, thread_id FROM dirty_threads;

INSERT INTO tag_queue BY NAME
SELECT platform, post_id FROM delta WHERE has_new_text AND text <> ''
EXCEPT
SELECT platform, post_id FROM tag_queue;
