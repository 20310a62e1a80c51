-- Puts the new rows in place of the old ones, touching only rows that differ.
-- parameters: $now UTC
CREATE OR REPLACE TEMP TABLE old_answers AS
SELECT * EXCLUDE (updated_at) FROM answers SEMI JOIN batch_threads USING (platform, thread_id);

CREATE OR REPLACE TEMP TABLE stale_answers AS
FROM old_answers EXCEPT FROM new_answers;

CREATE OR REPLACE TEMP TABLE fresh_answers AS
FROM new_answers EXCEPT FROM old_answers;

DELETE FROM answers
USING stale_answers
WHERE
    answers.brand = stale_answers.brand
    AND answers.platform = stale_answers.platform
    AND answers.post_id = stale_answers.post_id
    AND answers.thread_id = stale_answers.thread_id;

INSERT INTO answers BY NAME
SELECT *, $now AS updated_at FROM fresh_answers;

CREATE OR REPLACE TEMP TABLE old_replies AS
SELECT * FROM replies SEMI JOIN batch_threads USING (platform, thread_id);

CREATE OR REPLACE TEMP TABLE stale_replies AS
FROM old_replies EXCEPT FROM new_replies;

DELETE FROM replies
USING stale_replies
WHERE
    replies.brand = stale_replies.brand
    AND replies.platform = stale_replies.platform
    AND replies.thread_id = stale_replies.thread_id
    AND replies.head_id = stale_replies.head_id
    AND replies.post_id = stale_replies.post_id;

INSERT INTO replies BY NAME
FROM new_replies EXCEPT FROM old_replies;
