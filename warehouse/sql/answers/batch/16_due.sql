-- When the open time that the brand allows itself has run out, for cases that need an answer.
-- grain: one row per main case
CREATE OR REPLACE TEMP TABLE due AS
WITH targets AS (
    SELECT
        cases.case_no,
        cases.brand,
        clocks.opened_us + brands.answer_within_seconds * 1000000 AS target_us
    FROM cases
    INNER JOIN brands USING (brand)
    INNER JOIN clocks USING (case_no)
    WHERE cases.is_main
),

hours AS (
    SELECT brand, opens_at, open_before_seconds * 1000000 AS open_before_us FROM office_hours
)

SELECT
    targets.case_no,
    -- Without office hours open time is plain time since 1970.
    coalesce(
        hours.opens_at + to_microseconds(targets.target_us - hours.open_before_us),
        make_timestamptz(targets.target_us)
    ) AS due_at
FROM targets
ASOF LEFT JOIN hours
    ON targets.brand = hours.brand AND targets.target_us > hours.open_before_us;
