-- Add the corrections that the warehouse lacks. $rows: actions as a JSON list.
INSERT INTO corrections (platform, post_id, field, value, corrected_by, corrected_at)
SELECT
    told.platform,
    told.post_id,
    told.field,
    coalesce(told.value, '') AS value,
    told.who AS corrected_by,
    told.at AS corrected_at
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
WHERE told.action = 'correct';
