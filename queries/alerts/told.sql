-- What was told at once, and to whom.
-- grain: one row per alert and recipient or channel
-- parameters: $brand (NULL: all), $since, $until (UTC)
SELECT
    alerts.brand,
    alerts.decided_at,
    alerts.kind,
    alerts.phase,
    alerts.score,
    alerts.people_count,
    round(alerts.expected_count, 1) AS expected_count,
    alert_deliveries.target,
    alert_deliveries.status,
    alert_deliveries.detail
FROM alerts
LEFT JOIN alert_deliveries USING (brand, alert_id)
WHERE
    ($brand IS NULL OR alerts.brand = $brand)
    AND alerts.decided_at >= $since::TIMESTAMPTZ
    AND alerts.decided_at < $until::TIMESTAMPTZ
ORDER BY alerts.decided_at DESC, alerts.brand, alerts.kind, alert_deliveries.target;
