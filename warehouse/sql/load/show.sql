-- Let `answers` show what the load has changed of posts and their authors, and nothing of what is
-- gone. What else follows is worked out with their threads. $now: the load's time.

CREATE OR REPLACE TEMP TABLE reshown AS
SELECT
    answers.rowid AS row_id,
    delta.permalink,
    delta.text,
    delta.like_count,
    delta.repost_count,
    delta.view_count,
    delta.author_id IS NOT NULL AS has_author,
    (delta.author_id IS NULL AND answers.author_handle IS NOT NULL)
    OR delta.has_new_text
    OR differ(answers.permalink, delta.permalink) AS says_else,
    differ(answers.like_count, delta.like_count)
    OR differ(answers.repost_count, delta.repost_count)
    OR differ(answers.view_count, delta.view_count) AS is_recounted
FROM answers
INNER JOIN delta -- the time lets DuckDB skip the row groups of other days
    ON
        answers.platform = delta.platform
        AND answers.post_id = delta.post_id
        AND answers.created_at = delta.created_at
WHERE delta.differs AND NOT delta.is_new;

UPDATE answers
SET
    author_handle = CASE WHEN reshown.has_author THEN answers.author_handle END,
    author_name = CASE WHEN reshown.has_author THEN answers.author_name END,
    follower_count = CASE WHEN reshown.has_author THEN answers.follower_count END,
    permalink = reshown.permalink,
    text = reshown.text,
    updated_at = $now
FROM reshown
WHERE answers.rowid = reshown.row_id AND reshown.says_else;

UPDATE answers
SET
    like_count = reshown.like_count,
    repost_count = reshown.repost_count,
    view_count = reshown.view_count,
    updated_at = $now
FROM reshown
WHERE answers.rowid = reshown.row_id AND reshown.is_recounted;

UPDATE answers
SET
    author_handle = restated.handle,
    author_name = restated.name,
    follower_count = restated.follower_count,
    updated_at = $now
FROM restated
WHERE
    restated.differs
    AND answers.platform = restated.platform
    AND answers.asker_id = restated.author_id;
