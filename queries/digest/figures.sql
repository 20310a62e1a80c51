-- The day (or week) in figures against the four weeks before, each as the morning after saw it.
-- grain: one row per figure; present_value and usual_value are counts (usual: per day or week),
--   seconds of open time or shares of 0 to 1, as the figure's ending says; NULL: nothing to measure
-- parameters: $brand; $since and $until (the day or week, local, UTC); $now (UTC)
-- edition: both
-- shape: figures
-- order: 30
-- day_count: how many days of the four weeks before are known; 0: nothing to compare with.
WITH brand_zone AS (SELECT time_zone FROM brands WHERE brand = $brand),

span AS (
    SELECT
        timezone(time_zone, $since::TIMESTAMPTZ) AS first_day,
        date_diff(
            'day',
            timezone(time_zone, $since::TIMESTAMPTZ),
            timezone(time_zone, $until::TIMESTAMPTZ)
        ) AS day_count
    FROM brand_zone
),

period AS (
    -- The same stretch again and again, back from the one that is reported.
    SELECT
        back.number AS periods_back,
        timezone(time_zone, first_day - to_days((back.number * day_count)::INTEGER)) AS starts_at,
        timezone(time_zone, first_day - to_days(((back.number - 1) * day_count)::INTEGER))
            AS ends_at,
        ends_at + ($now::TIMESTAMPTZ - $until::TIMESTAMPTZ) AS seen_at
    FROM brand_zone, span, generate_series(0, 28 // span.day_count) AS back (number)
),

mention AS (
    SELECT
        answers.*,
        period.periods_back,
        coalesce(answers.first_answer_at <= period.seen_at, FALSE) AS is_answered,
        coalesce(
            answers.status = 'settled' OR coalesce(answers.answered_at <= period.seen_at, FALSE),
            FALSE
        ) AS is_settled
    FROM answers
    ASOF INNER JOIN period ON answers.created_at >= period.starts_at
    WHERE
        answers.brand = $brand
        AND answers.created_at < $until::TIMESTAMPTZ
        AND answers.created_at >= $since::TIMESTAMPTZ - INTERVAL 29 DAY
        AND NOT answers.is_repost
        AND answers.author_role IN ('community', 'superuser')
),

history AS (
    -- A brand that is watched for ten days is compared with ten days, not with 28.
    SELECT
        least(
            ceil(date_diff('second', min(created_at), $since::TIMESTAMPTZ) / 86400.0),
            28
        )::BIGINT AS day_count
    FROM mention
    WHERE periods_back > 0
),

compared AS (
    SELECT
        periods_back = 0 AS is_present,
        count(*)::DOUBLE AS mention_count,
        count(*) FILTER (WHERE complaint)::DOUBLE AS complaint_count,
        count(*) FILTER (WHERE question)::DOUBLE AS question_count,
        count(*) FILTER (WHERE needs_answer)::DOUBLE AS needs_answer_count,
        count(*) FILTER (WHERE needs_answer AND is_answered AND answered_by = 'own')::DOUBLE
            AS answered_own_count,
        count(*) FILTER (WHERE needs_answer AND is_answered AND answered_by = 'agency')::DOUBLE
            AS answered_agency_count,
        count(*) FILTER (WHERE needs_answer AND is_answered AND answered_by = 'marketing')::DOUBLE
            AS answered_marketing_count,
        count(*) FILTER (WHERE needs_answer AND is_answered AND answered_by = 'superuser')::DOUBLE
            AS answered_superuser_count,
        count(*) FILTER (WHERE needs_answer AND is_answered AND answered_by = 'community')::DOUBLE
            AS answered_community_count,
        count(*) FILTER (WHERE needs_answer AND status = 'deflected')::DOUBLE AS deflected_count,
        median(first_answer_open_seconds) FILTER (WHERE needs_answer AND is_answered)::DOUBLE
            AS first_answer_seconds,
        avg((NOT is_settled)::INTEGER) FILTER (WHERE needs_answer AND status <> 'deleted')::DOUBLE
            AS open_pct
    FROM mention
    GROUP BY ALL
),

figure AS (
    UNPIVOT compared
    ON COLUMNS(* EXCLUDE (is_present))
    INTO NAME metric VALUE amount
),

beside AS (
    SELECT
        metric,
        max(amount) FILTER (WHERE is_present) AS present_value,
        max(amount) FILTER (WHERE NOT is_present) AS usual_amount
    FROM figure
    GROUP BY metric
)

SELECT
    beside.metric,
    history.day_count,
    CASE
        WHEN beside.metric LIKE '%_count' THEN coalesce(beside.present_value, 0)
        ELSE beside.present_value
    END AS present_value,
    CASE
        WHEN beside.metric LIKE '%_count'
            THEN beside.usual_amount / history.day_count * span.day_count
        ELSE beside.usual_amount
    END AS usual_value
FROM beside, history, span
ORDER BY list_position(
    [
        'mention_count', 'complaint_count', 'question_count', 'needs_answer_count',
        'answered_own_count', 'answered_agency_count', 'answered_marketing_count',
        'answered_superuser_count', 'answered_community_count', 'deflected_count',
        'first_answer_seconds', 'open_pct'
    ],
    beside.metric
);
