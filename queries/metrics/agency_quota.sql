-- Agency against own staff: what share of the mentions that each took up it answered.
-- grain: one row per brand and role (agency, own)
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it was posted); $now (UTC)
-- A mention belongs to the role that replied first and counts once it is closed or overdue.
-- Comparable: only kinds of mention (platform, complaint or not, language) that both took up; own
-- staff's quota is weighted as if they had had the agency's mix. low and high: 95 % (Wilson).
-- keys: mention.first_reply_by AS role
-- cases: mention.created_at >= $since AND mention.created_at < $until AND mention.needs_answer
--   AND mention.first_reply_by IN ('agency', 'own') AND (mention.status IN ('answered',
--   'settled') OR mention.due_at <= $now) AND EXISTS (FROM answers AS other WHERE other.brand
--   = mention.brand AND other.platform = mention.platform AND list_contains(other.reasons,
--   'complaint') = list_contains(mention.reasons, 'complaint') AND coalesce(other.lang, '') =
--   coalesce(mention.lang, '') AND other.needs_answer AND other.first_reply_by IN ('agency',
--   'own') AND other.first_reply_by <> mention.first_reply_by AND other.created_at >= $since
--   AND other.created_at < $until AND (other.status IN ('answered', 'settled') OR other.due_at
--   <= $now))
WITH taken AS (
    SELECT
        brand,
        first_reply_by AS role,
        (platform, list_contains(reasons, 'complaint'), coalesce(lang, '')) AS stratum,
        (status = 'answered' AND answered_by IN ('own', 'agency'))::INTEGER AS is_answered,
        first_reply_open_seconds
    FROM answers
    WHERE
        ($brand IS NULL OR brand = $brand)
        AND created_at >= $since
        AND created_at < $until
        AND needs_answer
        AND first_reply_by IN ('agency', 'own')
        AND (status IN ('answered', 'settled') OR due_at <= $now)
),

strata AS (
    SELECT
        brand,
        stratum,
        count(*) FILTER (WHERE role = 'agency') AS agency_count,
        count(*) FILTER (WHERE role = 'own') AS own_count
    FROM taken
    GROUP BY ALL
),

weighed AS (
    SELECT
        taken.*,
        CASE WHEN role = 'own' THEN agency_count / own_count ELSE 1 END AS weight
    FROM taken
    INNER JOIN strata USING (brand, stratum)
    WHERE strata.agency_count > 0 AND strata.own_count > 0
),

summed AS (
    SELECT
        brand,
        role,
        count(*) AS n,
        sum(is_answered) AS k,
        sum(weight * is_answered) / sum(weight) AS p,
        sum(weight) * sum(weight) / sum(weight * weight) AS n_effective,
        median(first_reply_open_seconds) AS reply_median_open_seconds
    FROM weighed
    GROUP BY ALL
)

SELECT
    brand,
    role,
    n AS comparable_count,
    k::BIGINT AS answered_count,
    round(100 * p, 1) AS answered_pct,
    round(100 * (
        p + 1.92 / n_effective
        - 1.96 * sqrt(greatest(p * (1 - p), 0) / n_effective + 0.9604 / n_effective ** 2)
    ) / (1 + 3.8416 / n_effective), 1) AS low_pct,
    round(100 * (
        p + 1.92 / n_effective
        + 1.96 * sqrt(greatest(p * (1 - p), 0) / n_effective + 0.9604 / n_effective ** 2)
    ) / (1 + 3.8416 / n_effective), 1) AS high_pct,
    reply_median_open_seconds
FROM summed
ORDER BY brand, role;
