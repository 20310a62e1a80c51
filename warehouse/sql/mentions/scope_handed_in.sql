-- Everything an import holds is looked at for the brand it was handed in for. $brand.
INSERT INTO scope_ids (row_id)
WITH handed_in_before AS (
    SELECT mentions.platform, mentions.post_id
    FROM mentions
    SEMI JOIN delta ON mentions.platform = delta.platform AND mentions.post_id = delta.post_id
    WHERE mentions.brand = $brand AND mentions.is_imported
)

SELECT posts.rowid AS row_id
FROM posts
SEMI JOIN delta ON posts.platform = delta.platform AND posts.post_id = delta.post_id
ANTI JOIN handed_in_before
    ON posts.platform = handed_in_before.platform AND posts.post_id = handed_in_before.post_id
ANTI JOIN scope_ids ON posts.rowid = scope_ids.row_id;
