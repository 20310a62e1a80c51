-- Every member who helps, or is said to: after a full rebuild all are counted again.
INSERT INTO touched_members BY NAME
SELECT DISTINCT brand, platform, author_id FROM replies WHERE is_helpful
UNION
SELECT brand, platform, author_id FROM helpers;
