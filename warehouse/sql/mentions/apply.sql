-- Write mention_changes; leaves how many are new. $now: when they were first seen.
DELETE FROM mentions
USING mention_changes
WHERE mentions.rowid = mention_changes.mention_row AND mention_changes.kind IS NULL;

UPDATE mentions
SET kind = mention_changes.kind, is_imported = mention_changes.is_imported
FROM mention_changes
WHERE
    mentions.rowid = mention_changes.mention_row
    AND mention_changes.kind IS NOT NULL;

INSERT INTO mentions BY NAME
SELECT brand, platform, post_id, kind, is_imported, $now AS first_seen_at
FROM mention_changes
WHERE mention_row IS NULL AND kind IS NOT NULL;
