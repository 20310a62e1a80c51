-- Note an alert.
-- grain: one row in alerts
-- parameters: the columns of alerts
INSERT INTO alerts (
    brand, alert_id, incident_id, kind, phase, score, people_count, post_count, open_count,
    expected_count, excess_count, since_at, until_at, started_at, decided_at
)
VALUES (
    $brand, $alert_id, $incident_id, $kind, $phase, $score, $people_count, $post_count, $open_count,
    $expected_count, $excess_count, $since_at, $until_at, $started_at, $decided_at
);
