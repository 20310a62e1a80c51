-- open_then: the brand's open time up to the opening of the mention, NULL where it never closes.
CREATE OR REPLACE TEMP MACRO with_clock(mentions) AS TABLE (
    SELECT
        told.*,
        CASE
            WHEN told.brand IN (SELECT brand FROM office_hours)
                THEN coalesce(
                    hours.open_before_seconds
                    + date_diff('second', hours.opens_at, least(told.opened_at, hours.closes_at)),
                    0
                )
        END AS open_then
    FROM query_table(mentions) AS told
    ASOF LEFT JOIN office_hours AS hours
        ON told.brand = hours.brand AND told.opened_at >= hours.opens_at
);
