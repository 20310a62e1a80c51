-- What an hour brings beside new threads: replies to open mentions of the weeks before; and the tags
-- of all that is staged. $now: the hour's start.
CREATE OR REPLACE TEMP TABLE late_replies AS
SELECT
    answers.platform,
    (hash(answers.post_id) // 4)::varchar AS post_id,
    answers.brand AS author_handle,
    'Bitte schreib uns eine Direktnachricht.' AS text,
    $now::timestamptz + to_seconds((hash(answers.post_id) % 3600)::bigint) AS created_at,
    answers.post_id AS reply_to_id,
    answers.thread_id AS root_id
FROM answers
WHERE
    answers.needs_answer
    AND answers.status = 'unanswered'
    AND answers.created_at > $now::timestamptz - INTERVAL 28 DAY
ORDER BY hash(answers.post_id)
LIMIT 500;

INSERT INTO staged_posts BY NAME
SELECT
    *,
    author_handle AS author_id,
    author_handle AS author_name,
    FALSE AS is_deleted,
    $now::timestamptz + INTERVAL 61 MINUTE AS retrieved_at
FROM late_replies;

CREATE OR REPLACE TEMP TABLE new_tags AS
SELECT scale_tags.*, $now::timestamptz + INTERVAL 62 MINUTE AS tagged_at
FROM scale_tags
SEMI JOIN staged_posts USING (platform, post_id);

INSERT INTO new_tags BY NAME
SELECT
    platform,
    post_id,
    (SELECT any_value(model) FROM scale_tags) AS model,
    md5(text) AS text_hash,
    'de' AS lang,
    'deflect' AS reply_kind,
    $now::timestamptz + INTERVAL 62 MINUTE AS tagged_at
FROM late_replies;
