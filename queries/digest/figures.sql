-- Yesterday in figures against the four weeks before.
-- grain: one row per figure; yesterday_value and usual_value are counts (usual: per day), seconds
--   of open time or shares of 0 to 1, as the figure's ending says; NULL: nothing to measure
-- parameters: $brand, $since and $until (yesterday, the brand's local day, UTC)
-- shape: figures
-- order: 30
WITH mention AS (
    SELECT
        *,
        created_at >= $since::TIMESTAMPTZ AS is_yesterday
    FROM answers
    WHERE
        brand = $brand
        AND created_at >= $since::TIMESTAMPTZ - INTERVAL 28 DAY
        AND created_at < $until::TIMESTAMPTZ
        AND NOT is_repost
        AND author_role IN ('community', 'superuser')
),

history AS (
    -- A brand that is watched for ten days is compared with ten days, not with 28.
    SELECT
        ceil(
            date_diff('second', min(created_at), $since::TIMESTAMPTZ) / 86400.0
        )::BIGINT AS day_count
    FROM mention
    WHERE NOT is_yesterday
),

period AS (
    SELECT
        is_yesterday,
        count(*)::DOUBLE AS mention_count,
        count(*) FILTER (WHERE complaint)::DOUBLE AS complaint_count,
        count(*) FILTER (WHERE question)::DOUBLE AS question_count,
        count(*) FILTER (WHERE needs_answer)::DOUBLE AS needs_answer_count,
        count(*) FILTER (WHERE needs_answer AND answered_by = 'own')::DOUBLE AS answered_own_count,
        count(*) FILTER (WHERE needs_answer AND answered_by = 'agency')::DOUBLE
            AS answered_agency_count,
        count(*) FILTER (WHERE needs_answer AND answered_by = 'marketing')::DOUBLE
            AS answered_marketing_count,
        count(*) FILTER (WHERE needs_answer AND answered_by = 'superuser')::DOUBLE
            AS answered_superuser_count,
        count(*) FILTER (WHERE needs_answer AND answered_by = 'community')::DOUBLE
            AS answered_community_count,
        count(*) FILTER (WHERE needs_answer AND status = 'deflected')::DOUBLE AS deflected_count,
        median(first_answer_open_seconds) FILTER (WHERE needs_answer)::DOUBLE
            AS first_answer_seconds,
        avg((status NOT IN ('answered', 'settled'))::INTEGER)
        FILTER (WHERE needs_answer AND status <> 'deleted')::DOUBLE AS open_pct
    FROM mention
    GROUP BY is_yesterday
),

figure AS (
    UNPIVOT period
    ON COLUMNS(* EXCLUDE (is_yesterday))
    INTO NAME metric VALUE amount
),

compared AS (
    SELECT
        metric,
        max(amount) FILTER (WHERE is_yesterday) AS yesterday_value,
        max(amount) FILTER (WHERE NOT is_yesterday) AS usual_amount
    FROM figure
    GROUP BY metric
)

SELECT
    metric,
    day_count,
    CASE WHEN metric LIKE '%_count' THEN coalesce(yesterday_value, 0) ELSE yesterday_value END
        AS yesterday_value,
    CASE WHEN metric LIKE '%_count' THEN usual_amount / day_count ELSE usual_amount END
        AS usual_value
FROM compared, history
ORDER BY list_position(
    [
        'mention_count', 'complaint_count', 'question_count', 'needs_answer_count',
        'answered_own_count', 'answered_agency_count', 'answered_marketing_count',
        'answered_superuser_count', 'answered_community_count', 'deflected_count',
        'first_answer_seconds', 'open_pct'
    ],
    metric
);
