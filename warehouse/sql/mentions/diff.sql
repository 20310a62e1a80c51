-- How the mentions of the scope differ from what is wanted. $brands: those that were looked at.
CREATE OR REPLACE TEMP TABLE mention_changes AS
WITH present AS (
    SELECT
        mentions.rowid AS mention_row,
        mentions.brand,
        mentions.kind,
        mentions.is_imported,
        scope.row_id
    FROM mentions
    INNER JOIN scope ON mentions.platform = scope.platform AND mentions.post_id = scope.post_id
    WHERE list_contains($brands, mentions.brand)
)

SELECT brand, row_id, present.mention_row, wanted.* EXCLUDE (brand, row_id)
FROM present
FULL JOIN wanted USING (brand, row_id)
WHERE
    present.kind IS DISTINCT FROM wanted.kind
    OR present.is_imported IS DISTINCT FROM wanted.is_imported;
