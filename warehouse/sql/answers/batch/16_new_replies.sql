-- The rows of `replies` as they should be.
-- grain: one row per case and post other than the head
CREATE OR REPLACE TEMP TABLE new_replies AS
SELECT
    cases.brand,
    cases.platform,
    cases.thread_id,
    cases.head_id,
    turns.post_id,
    turns.author_id,
    turns.role,
    turns.reply_kind,
    turns.signature,
    turns.replied_at,
    turns.part_of_id,
    turns.is_answer,
    turns.is_answer AND turns.is_thanked AS is_helpful,
    turns.moved_private,
    readings.text_key
FROM turns
INNER JOIN cases USING (case_no)
INNER JOIN readings USING (node);
