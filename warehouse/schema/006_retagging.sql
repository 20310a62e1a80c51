-- Posts that the model in use has not read yet, but an earlier one has: they are read again in
-- small portions behind everything new, newest first.
CREATE TABLE retag_queue (platform VARCHAR NOT NULL, post_id VARCHAR NOT NULL);

COMMENT ON TABLE retag_queue IS 'Posts with an earlier model''s tags that wait for the newest.';
COMMENT ON COLUMN retag_queue.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN retag_queue.post_id IS 'The platform''s id of the post; unique with platform';
