-- Everybody who has ever been assigned a mention of these brands. $allowed (NULL = all)
SELECT DISTINCT value AS name
FROM (
    SELECT brand, value FROM acts WHERE action = 'assign'
    UNION ALL
    SELECT brand, value FROM triage WHERE action = 'assign'
) AS assigned
WHERE value <> '' AND ($allowed::VARCHAR[] IS NULL OR list_contains($allowed::VARCHAR[], brand))
ORDER BY name;
