-- Actions after the one numbered $after (SQLite).
SELECT seq, at, who, brand, platform, post_id, action, field, value, until_at
FROM actions
WHERE seq > $after
ORDER BY seq;
