-- sqlfluff:dialect:sqlite
-- People's actions (SQLite; run in a transaction). Rows are only ever added, and the file itself
-- sees to it: the one change it allows is to blank a note, for a person who is to be forgotten.
CREATE TABLE IF NOT EXISTS actions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL UNIQUE,            -- UTC, ISO 8601 with microseconds, rising with seq
    who TEXT NOT NULL,
    brand TEXT NOT NULL,
    platform TEXT NOT NULL,
    post_id TEXT NOT NULL,
    action TEXT NOT NULL,               -- assign, note, snooze, done, reopen, correct
    field TEXT,                         -- of a correction: the tag
    value TEXT,
    until_at TEXT                       -- of snooze
);
CREATE TRIGGER IF NOT EXISTS actions_are_kept BEFORE DELETE ON actions
BEGIN
    SELECT raise(ABORT, 'actions are never deleted');
END;
CREATE TRIGGER IF NOT EXISTS actions_stay BEFORE UPDATE ON actions
WHEN
    NOT (
        old.action = 'note' AND new.value IS NULL AND new.seq = old.seq AND new.at = old.at
        AND new.who = old.who AND new.brand = old.brand AND new.platform = old.platform
        AND new.post_id = old.post_id AND new.action = old.action
    )
BEGIN
    SELECT raise(ABORT, 'actions are never changed');
END;
PRAGMA user_version = 1;
