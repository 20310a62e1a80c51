-- What people were told at once, and who got it. No texts: they are read when a message is made.

CREATE TABLE alerts (
    brand VARCHAR NOT NULL,
    alert_id VARCHAR NOT NULL,          -- unique within the brand
    incident_id VARCHAR NOT NULL,       -- alert_id of the first alert of a wave
    kind VARCHAR NOT NULL,              -- shitstorm, hotline, email, form, shop, app, posts
    phase VARCHAR NOT NULL,             -- started, grew, over, posts
    score BIGINT NOT NULL,              -- 0..100; 0 for single posts
    people_count BIGINT NOT NULL,
    post_count BIGINT NOT NULL,
    open_count BIGINT NOT NULL,
    expected_count DOUBLE NOT NULL,     -- people that the window usually brings
    excess_count DOUBLE NOT NULL,       -- people beyond that in the last three hours
    since_at TIMESTAMPTZ NOT NULL,      -- the window that was judged, half-open
    until_at TIMESTAMPTZ NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,    -- of the wave
    decided_at TIMESTAMPTZ NOT NULL
);
-- Posts that an alert shows; those of kind posts are not told again.
CREATE TABLE alert_posts (
    brand VARCHAR NOT NULL,
    alert_id VARCHAR NOT NULL,
    platform VARCHAR NOT NULL,
    post_id VARCHAR NOT NULL,
    place BIGINT NOT NULL               -- 1, 2 …: what cannot wait most comes first
);
CREATE TABLE alert_deliveries (
    brand VARCHAR NOT NULL,
    alert_id VARCHAR NOT NULL,
    target VARCHAR NOT NULL,            -- mail address, or the channel's name in the watch-list
    message_id VARCHAR NOT NULL,        -- of a mail; empty for a channel
    status VARCHAR NOT NULL,            -- pending, sent, refused, written, skipped
    detail VARCHAR NOT NULL,
    sent_at TIMESTAMPTZ NOT NULL
);

COMMENT ON TABLE alerts IS 'What was told at once: waves of complaints, outages, single posts.';
COMMENT ON COLUMN alerts.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN alerts.alert_id IS 'Unique within the brand';
COMMENT ON COLUMN alerts.incident_id IS 'The first alert of the same wave';
COMMENT ON COLUMN alerts.kind IS 'shitstorm, hotline, email, form, shop, app, posts';
COMMENT ON COLUMN alerts.phase IS 'started, grew, over, or posts for single posts';
COMMENT ON COLUMN alerts.score IS '0 to 100, told from 60 on; 0 for single posts';
COMMENT ON COLUMN alerts.people_count IS 'People who complained, or who say that it does not work';
COMMENT ON COLUMN alerts.post_count IS 'Their posts, or how many single posts cannot wait';
COMMENT ON COLUMN alerts.open_count IS 'Of these nobody had answered';
COMMENT ON COLUMN alerts.expected_count IS 'People that the window usually brings';
COMMENT ON COLUMN alerts.excess_count IS 'People beyond the usual number in the last three hours';
COMMENT ON COLUMN alerts.since_at IS 'Start of the window, UTC, included';
COMMENT ON COLUMN alerts.until_at IS 'End of the window, UTC, not included';
COMMENT ON COLUMN alerts.started_at IS 'When the wave was told first, UTC';
COMMENT ON COLUMN alerts.decided_at IS 'UTC';

COMMENT ON TABLE alert_posts IS 'Posts that an alert shows.';
COMMENT ON COLUMN alert_posts.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN alert_posts.alert_id IS 'The alert';
COMMENT ON COLUMN alert_posts.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN alert_posts.post_id IS 'The platform''s id of the post; unique with platform';
COMMENT ON COLUMN alert_posts.place IS '1, 2 …: what cannot wait most comes first';

COMMENT ON TABLE alert_deliveries IS 'Which alert went to whom.';
COMMENT ON COLUMN alert_deliveries.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN alert_deliveries.alert_id IS 'The alert';
COMMENT ON COLUMN alert_deliveries.target IS 'Mail address, or the channel''s name';
COMMENT ON COLUMN alert_deliveries.message_id IS 'Of the mail; empty for a channel';
COMMENT ON COLUMN alert_deliveries.status IS 'pending, sent, refused, written, skipped';
COMMENT ON COLUMN alert_deliveries.detail IS 'The server''s words';
COMMENT ON COLUMN alert_deliveries.sent_at IS 'UTC';
