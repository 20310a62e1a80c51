-- Add actions. $rows: as a JSON list.
INSERT INTO acts
SELECT seq, told.at, who, brand, platform, post_id, action, field, value, until_at
FROM (
    SELECT unnest(
        from_json(
            $rows,
            '[{"seq":"BIGINT","at":"TIMESTAMPTZ","who":"VARCHAR","brand":"VARCHAR",'
            || '"platform":"VARCHAR","post_id":"VARCHAR","action":"VARCHAR","field":"VARCHAR",'
            || '"value":"VARCHAR","until_at":"TIMESTAMPTZ"}]'
        ),
        recursive := true
    )
) AS told;
