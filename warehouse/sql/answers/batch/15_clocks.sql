-- The brand's open time up to each moment of a case that a clock needs, in microseconds since an
-- arbitrary start. A brand without office hours never closes; after the last known hours the
-- clock runs on.
-- grain: one row per case
CREATE OR REPLACE TEMP TABLE clocks AS
WITH marks AS (
    SELECT
        cases.case_no,
        cases.brand,
        unnest(['began', 'opened', 'replied', 'first_answered', 'answered']) AS mark,
        unnest([
            cases.head_at,
            coalesce(states.reopened_at, cases.head_at),
            states.first_reply_at,
            states.first_answer_at,
            states.answered_at
        ]) AS marked_at
    FROM cases
    LEFT JOIN states USING (case_no)
),

closings AS (
    SELECT brand, max(closes_at) AS last_closes_at FROM office_hours GROUP BY brand
),

counted AS (
    SELECT
        marks.case_no,
        marks.mark,
        CASE
            WHEN closings.brand IS NULL THEN epoch_us(marks.marked_at)
            WHEN hours.brand IS NULL THEN 0
            WHEN marks.marked_at > closings.last_closes_at
                THEN
                    hours.open_before_seconds * 1000000
                    + epoch_us(marks.marked_at) - epoch_us(hours.opens_at)
            ELSE
                hours.open_before_seconds * 1000000
                + epoch_us(least(marks.marked_at, hours.closes_at)) - epoch_us(hours.opens_at)
        END AS open_us
    FROM marks
    LEFT JOIN closings USING (brand)
    ASOF LEFT JOIN office_hours AS hours
        ON marks.brand = hours.brand AND marks.marked_at >= hours.opens_at
    WHERE marks.marked_at IS NOT NULL
)

SELECT
    case_no,
    max(open_us) FILTER (WHERE mark = 'began') AS began_us,
    max(open_us) FILTER (WHERE mark = 'opened') AS opened_us,
    max(open_us) FILTER (WHERE mark = 'replied') AS replied_us,
    max(open_us) FILTER (WHERE mark = 'first_answered') AS first_answered_us,
    max(open_us) FILTER (WHERE mark = 'answered') AS answered_us
FROM counted
GROUP BY case_no;
