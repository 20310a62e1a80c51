-- Join stretches of a topic that overlap or touch.

CREATE OR REPLACE TEMP TABLE joined_coverage AS
WITH marked AS (
    SELECT
        *,
        coalesce(
            start_at > max(end_at) OVER (
                PARTITION BY brand, topic, platform
                ORDER BY start_at, end_at
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ),
            FALSE
        ) AS is_apart
    FROM coverage
),

numbered AS (
    SELECT
        *,
        count_if(is_apart) OVER (
            PARTITION BY brand, topic, platform
            ORDER BY start_at, end_at
            ROWS UNBOUNDED PRECEDING
        ) AS stretch_no
    FROM marked
)

SELECT
    brand,
    topic,
    platform,
    min(start_at) AS start_at,
    max(end_at) AS end_at,
    max(loaded_at) AS loaded_at
FROM numbered
GROUP BY brand, topic, platform, stretch_no;

DELETE FROM coverage;

INSERT INTO coverage SELECT * FROM joined_coverage;
