-- severity: fail
-- Stretches of coverage or of office hours that overlap another one of the same topic or brand.
-- grain: one row per stretch that begins before an earlier one ends
-- parameters: none
WITH stretches AS (
    SELECT 'coverage' AS stored_in, [brand, platform, topic] AS key_values, start_at, end_at
    FROM coverage
    UNION ALL
    SELECT 'office_hours' AS stored_in, [brand] AS key_values, opens_at, closes_at
    FROM office_hours
)

SELECT
    stored_in,
    key_values,
    start_at,
    end_at,
    max(end_at) OVER (
        PARTITION BY stored_in, key_values
        ORDER BY start_at, end_at
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS earlier_end_at
FROM stretches
QUALIFY start_at < earlier_end_at OR start_at >= end_at
ORDER BY stored_in, key_values, start_at;
