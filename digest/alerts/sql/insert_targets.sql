-- Note who is to get an alert.
-- grain: one row in alert_deliveries per target
-- parameters: $brand, $alert_id, $targets (list), $decided_at (UTC)
INSERT INTO alert_deliveries (brand, alert_id, target, message_id, status, detail, sent_at)
SELECT
    $brand,
    $alert_id,
    unnest($targets::VARCHAR[]) AS target,
    '' AS message_id,
    'pending' AS status,
    '' AS detail,
    $decided_at AS sent_at;
