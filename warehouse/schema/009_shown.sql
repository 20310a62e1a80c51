-- What a list shows of a mention stands beside what became of it, so that a list reads one table:
-- the words and counts of the post and the names of its author. A load keeps them true, and so does
-- whoever erases something.

ALTER TABLE answers ADD COLUMN author_handle VARCHAR;
ALTER TABLE answers ADD COLUMN author_name VARCHAR;
ALTER TABLE answers ADD COLUMN follower_count BIGINT;
ALTER TABLE answers ADD COLUMN permalink VARCHAR;
ALTER TABLE answers ADD COLUMN text VARCHAR;
ALTER TABLE answers ADD COLUMN like_count BIGINT;
ALTER TABLE answers ADD COLUMN repost_count BIGINT;
ALTER TABLE answers ADD COLUMN view_count BIGINT;

-- Written anew rather than updated, which would hold all of it in memory.
CREATE TEMP TABLE shown_answers AS
SELECT
    answers.* REPLACE (
        authors.handle AS author_handle,
        authors.name AS author_name,
        authors.follower_count AS follower_count,
        posts.permalink AS permalink,
        posts.text AS text,
        posts.like_count AS like_count,
        posts.repost_count AS repost_count,
        posts.view_count AS view_count
    )
FROM answers
LEFT JOIN posts ON answers.platform = posts.platform AND answers.post_id = posts.post_id
LEFT JOIN authors ON answers.platform = authors.platform AND answers.asker_id = authors.author_id;

DELETE FROM answers;
INSERT INTO answers
SELECT * FROM shown_answers ORDER BY created_at;

DROP TABLE shown_answers;
