-- One more action (SQLite).
INSERT INTO actions (at, who, brand, platform, post_id, action, field, value, until_at)
VALUES ($at, $who, $brand, $platform, $post_id, $action, $field, $value, $until_at);
