-- Note what became of a message; what is noted for good stays.
-- grain: one row in alert_deliveries
-- parameters: $brand, $alert_id, $target, $message_id, $status, $detail, $sent_at (UTC)
UPDATE alert_deliveries
SET
    message_id = $message_id,
    status = $status,
    detail = $detail,
    sent_at = $sent_at::TIMESTAMPTZ
WHERE
    brand = $brand
    AND alert_id = $alert_id
    AND target = $target
    AND status = 'pending';
