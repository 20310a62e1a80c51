-- Blank the notes about one post (SQLite).
UPDATE actions
SET value = NULL
WHERE platform = $platform AND post_id = $post_id AND action = 'note' AND value IS NOT NULL;
