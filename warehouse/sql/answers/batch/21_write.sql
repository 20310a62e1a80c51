-- Puts the new rows in place of the old ones, touching only rows that differ. Rows are compared by
-- a hash of all their columns.
-- parameters: $now UTC
CREATE OR REPLACE TEMP TABLE old_rows AS
SELECT answers.rowid AS row_id
FROM answers
SEMI JOIN batch_threads USING (platform, thread_id);

CREATE OR REPLACE TEMP TABLE old_answers AS
SELECT
    answers.rowid AS row_id,
    hash(*COLUMNS(answers.* EXCLUDE (updated_at))) AS print
FROM answers
SEMI JOIN old_rows ON answers.rowid = old_rows.row_id;

CREATE OR REPLACE TEMP TABLE new_prints AS
SELECT
    rowid AS row_id,
    hash(*COLUMNS(*)) AS print
FROM new_answers;

DELETE FROM answers
WHERE rowid IN (
    SELECT old_answers.row_id
    FROM old_answers
    ANTI JOIN new_prints USING (print)
);

INSERT INTO answers BY NAME
SELECT
    new_answers.*,
    $now AS updated_at
FROM new_answers
WHERE
    rowid IN (
        SELECT new_prints.row_id
        FROM new_prints
        ANTI JOIN old_answers USING (print)
    )
ORDER BY new_answers.created_at;

CREATE OR REPLACE TEMP TABLE old_rows AS
SELECT replies.rowid AS row_id
FROM replies
SEMI JOIN batch_threads USING (platform, thread_id);

CREATE OR REPLACE TEMP TABLE old_replies AS
SELECT
    replies.rowid AS row_id,
    hash(*COLUMNS(replies.*)) AS print
FROM replies
SEMI JOIN old_rows ON replies.rowid = old_rows.row_id;

CREATE OR REPLACE TEMP TABLE new_prints AS
SELECT
    rowid AS row_id,
    hash(*COLUMNS(*)) AS print
FROM new_replies;

CREATE OR REPLACE TEMP TABLE gone_replies AS
SELECT old_replies.row_id
FROM old_replies
ANTI JOIN new_prints USING (print);

CREATE OR REPLACE TEMP TABLE fresh_replies AS
SELECT new_prints.row_id
FROM new_prints
ANTI JOIN old_replies USING (print);

INSERT INTO touched_members BY NAME
WITH touched AS (
    SELECT brand, platform, author_id, is_helpful
    FROM replies
    SEMI JOIN gone_replies ON replies.rowid = gone_replies.row_id
    WHERE role IN ('superuser', 'community')
    UNION ALL
    SELECT brand, platform, author_id, is_helpful
    FROM new_replies
    SEMI JOIN fresh_replies ON new_replies.rowid = fresh_replies.row_id
    WHERE role IN ('superuser', 'community')
)

SELECT brand, platform, author_id
FROM touched
LEFT JOIN helpers USING (brand, platform, author_id)
WHERE touched.is_helpful OR helpers.author_id IS NOT NULL;

DELETE FROM replies
WHERE rowid IN (SELECT row_id FROM gone_replies);

INSERT INTO replies BY NAME
SELECT new_replies.*
FROM new_replies
WHERE rowid IN (SELECT row_id FROM fresh_replies)
ORDER BY new_replies.replied_at;
