-- Add the actions that triage lacks. $rows: actions as a JSON list.
INSERT INTO triage (brand, platform, post_id, action, value, until_at, done_by, done_at)
SELECT
    told.brand,
    told.platform,
    told.post_id,
    told.action,
    told.value,
    told.until_at,
    told.who,
    told.at
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
ANTI JOIN triage
    ON
        told.at = triage.done_at
        AND told.brand = triage.brand
        AND told.platform = triage.platform
        AND told.post_id = triage.post_id
        AND told.action = triage.action
WHERE told.action <> 'correct';
