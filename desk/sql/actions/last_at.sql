-- When the last action was (SQLite).
SELECT max(at) FROM actions;
