-- The number of the last action (SQLite).
SELECT max(seq) FROM actions;
