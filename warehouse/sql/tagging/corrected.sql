-- Texts whose tags people have corrected, with what they said last.
-- grain: one row per post
WITH latest AS (
    SELECT platform, post_id, field, arg_max(value, corrected_at) AS value
    FROM corrections
    GROUP BY ALL
),

said AS (
    SELECT platform, post_id, map_from_entries(list((field, value))) AS labels
    FROM latest
    GROUP BY ALL
)

SELECT posts.platform, posts.post_id, posts.text, said.labels
FROM said
INNER JOIN posts ON said.platform = posts.platform AND said.post_id = posts.post_id
WHERE posts.text <> ''
ORDER BY posts.created_at, posts.platform, posts.post_id;
