-- Messages that somebody still has to get, in the order in which they were decided.
-- grain: one row per alert and target
-- parameters: $brand
SELECT alerts.*, alert_deliveries.target
FROM alerts
INNER JOIN alert_deliveries USING (brand, alert_id)
WHERE alerts.brand = $brand AND alert_deliveries.status = 'pending'
ORDER BY alerts.decided_at, alerts.alert_id, alert_deliveries.target;
