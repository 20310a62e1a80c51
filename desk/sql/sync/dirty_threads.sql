-- Threads with a post that a correction the warehouse lacks speaks of.
-- $rows: actions as a JSON list.
INSERT INTO dirty_threads
SELECT DISTINCT posts.platform, posts.thread_id
FROM (
    SELECT unnest(
        from_json(
            $rows,
            '[{"at":"TIMESTAMPTZ","who":"VARCHAR","brand":"VARCHAR","platform":"VARCHAR",'
            || '"post_id":"VARCHAR","action":"VARCHAR","field":"VARCHAR","value":"VARCHAR",'
            || '"until_at":"TIMESTAMPTZ"}]'
        ),
        recursive := true
    )
) AS told
ANTI JOIN corrections
    ON
        told.at = corrections.corrected_at
        AND told.platform = corrections.platform
        AND told.post_id = corrections.post_id
        AND told.field = corrections.field
INNER JOIN posts ON told.platform = posts.platform AND told.post_id = posts.post_id
WHERE told.action = 'correct';
