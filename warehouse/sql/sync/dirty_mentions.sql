-- Threads whose mentions a changed watch-list has changed.
INSERT INTO dirty_threads BY NAME
SELECT DISTINCT posts.platform, posts.thread_id
FROM posts
SEMI JOIN mention_changes ON posts.rowid = mention_changes.row_id
EXCEPT
SELECT platform, thread_id FROM dirty_threads;
