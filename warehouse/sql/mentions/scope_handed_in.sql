-- Everything an import holds is looked at for the brand it was handed in for. $brand.
INSERT INTO scope_ids
SELECT posts.rowid
FROM posts
SEMI JOIN delta ON posts.platform = delta.platform AND posts.post_id = delta.post_id
ANTI JOIN (
    SELECT platform, post_id FROM mentions WHERE brand = $brand AND is_imported
) AS handed_in ON posts.platform = handed_in.platform AND posts.post_id = handed_in.post_id
ANTI JOIN scope_ids ON posts.rowid = scope_ids.row_id;
