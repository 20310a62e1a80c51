-- Add what was taken to `work`.
INSERT INTO work
FROM with_clock('taken');
