-- The last alert of each kind, by which a wave goes on or is over.
-- grain: one row per kind
-- parameters: $brand
SELECT *
FROM alerts
WHERE brand = $brand
QUALIFY row_number() OVER (PARTITION BY kind ORDER BY decided_at DESC, alert_id DESC) = 1;
