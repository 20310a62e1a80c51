-- Every post: a brand's terms or people have changed.
CREATE OR REPLACE TEMP TABLE scope_ids AS
SELECT rowid AS row_id FROM posts WHERE text IS NOT NULL;
