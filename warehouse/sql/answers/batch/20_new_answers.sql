-- The rows of `answers` as they should be, but for updated_at. An asker's later mentions share the
-- status of the head and have no clocks of their own. What a list shows of the post stands beside.
-- grain: one row per mention
CREATE OR REPLACE TEMP TABLE new_answers AS
SELECT * EXCLUDE (updated_at) FROM answers WHERE false;

INSERT INTO new_answers BY NAME
WITH offsets AS ( -- the clock's distance from UTC, looked up once per quarter of an hour
    SELECT
        quarters.brand,
        quarters.quarter,
        epoch_us(timezone(brands.time_zone, make_timestamptz(quarters.quarter * 900000000)))
        - quarters.quarter * 900000000 AS offset_us
    FROM (
        SELECT DISTINCT brand, epoch_us(created_at) // 900000000 AS quarter
        FROM nodes
        WHERE kind IS NOT NULL
    ) AS quarters
    INNER JOIN brands USING (brand)
)

SELECT
    nodes.brand,
    nodes.platform,
    nodes.post_id,
    nodes.thread_id,
    CASE WHEN head.head_node IS NULL THEN cases.head_id END AS follows_id,
    nodes.author_id AS asker_id,
    nodes.role AS author_role,
    nodes.kind,
    nodes.is_repost,
    nodes.created_at,
    make_timestamp(epoch_us(nodes.created_at) + coalesce(offsets.offset_us, 0)) AS local_at,
    readings.lang,
    readings.sentiment,
    readings.complaint,
    readings.question,
    readings.praise,
    readings.urgent,
    readings.settled,
    readings.negative_score,
    readings.neutral_score,
    readings.positive_score,
    readings.complaint_score,
    readings.question_score,
    readings.praise_score,
    readings.urgent_score,
    readings.private_data,
    readings.spill_over,
    contents.hashtags,
    contents.question_terms,
    readings.topics,
    coalesce(head.has_threat, contents.has_threat) AS has_threat,
    contents.addressed_role,
    contents.addressed_handle,
    coalesce(routed.owner, 'service') AS routed_to,
    coalesce(head.is_main, false) AS needs_answer,
    coalesce(head.reasons, readings.reasons) AS reasons,
    CASE WHEN nodes.is_deleted THEN 'deleted' ELSE coalesce(cases.status, 'unanswered') END
        AS status,
    CASE WHEN NOT nodes.is_deleted THEN cases.answered_by END AS answered_by,
    coalesce(head.opened_at, nodes.created_at) AS opened_at,
    head.due_at,
    coalesce(head.reopened_count, 0) AS reopened_count,
    head.first_reply_at,
    head.first_reply_by,
    head.first_answer_at,
    head.answered_at,
    head.first_reply_seconds,
    head.first_answer_seconds,
    head.answer_seconds,
    head.first_reply_open_seconds,
    head.first_answer_open_seconds,
    head.answer_open_seconds,
    coalesce(head.moved_private, false) AS moved_private,
    coalesce(head.reply_count, 0) AS reply_count,
    authors.handle AS author_handle,
    authors.name AS author_name,
    authors.follower_count,
    thread_posts.permalink,
    thread_posts.text,
    thread_posts.like_count,
    thread_posts.repost_count,
    thread_posts.view_count
FROM nodes
INNER JOIN thread_posts USING (platform, thread_id, post_id)
INNER JOIN readings USING (node)
INNER JOIN contents USING (node)
INNER JOIN owners USING (node)
LEFT JOIN heads AS cases
    ON CASE WHEN owners.is_in_main THEN owners.main_case ELSE owners.side_case END = cases.case_no
LEFT JOIN heads AS head ON nodes.node = head.head_node
LEFT JOIN routed ON nodes.node = routed.node
LEFT JOIN authors ON nodes.platform = authors.platform AND nodes.author_id = authors.author_id
LEFT JOIN offsets
    ON nodes.brand = offsets.brand AND epoch_us(nodes.created_at) // 900000000 = offsets.quarter
WHERE nodes.kind IS NOT NULL;
