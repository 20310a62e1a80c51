-- What is usual: people who complained, or said that a channel does not work, hour by hour.
-- grain: one row per hour of [since, until)
-- parameters: $brand, $since, $until (UTC)
-- An hour is complete if every topic that was still read at the end was read all through it.
WITH hour AS (
    SELECT unnest(generate_series(
        date_trunc('hour', $since::TIMESTAMPTZ),
        $until::TIMESTAMPTZ - INTERVAL 1 HOUR,
        INTERVAL 1 HOUR
    )) AS starts_at
),

topics AS (
    SELECT platform, topic
    FROM coverage
    WHERE brand = $brand
    GROUP BY platform, topic
    HAVING max(end_at) >= $until::TIMESTAMPTZ - INTERVAL 1 DAY
),

reading AS (
    SELECT hour.starts_at, count(*) AS topic_count
    FROM hour
    INNER JOIN coverage
        ON
            hour.starts_at >= coverage.start_at
            AND hour.starts_at + INTERVAL 1 HOUR <= coverage.end_at
    SEMI JOIN topics
        ON coverage.platform = topics.platform AND coverage.topic = topics.topic
    WHERE coverage.brand = $brand
    GROUP BY hour.starts_at
),

said AS (
    SELECT
        date_trunc('hour', created_at) AS starts_at,
        platform || ':' || coalesce(asker_id, post_id) AS who,
        coalesce(complaint, FALSE) AS is_complaint,
        spill_over
    FROM answers
    WHERE
        brand = $brand
        AND created_at >= $since::TIMESTAMPTZ
        AND created_at < $until::TIMESTAMPTZ
        AND NOT is_repost
        AND author_role IN ('community', 'superuser')
),

counted AS (
    SELECT
        starts_at,
        count(*) AS mention_count,
        count(DISTINCT who) FILTER (WHERE is_complaint) AS shitstorm_count,
        count(DISTINCT who) FILTER (WHERE list_contains(spill_over, 'hotline')) AS hotline_count,
        count(DISTINCT who) FILTER (WHERE list_contains(spill_over, 'email')) AS email_count,
        count(DISTINCT who) FILTER (WHERE list_contains(spill_over, 'form')) AS form_count,
        count(DISTINCT who) FILTER (WHERE list_contains(spill_over, 'shop')) AS shop_count,
        count(DISTINCT who) FILTER (WHERE list_contains(spill_over, 'app')) AS app_count
    FROM said
    GROUP BY starts_at
)

SELECT
    hour.starts_at,
    coalesce(reading.topic_count = (SELECT count(*) FROM topics), FALSE) AS is_complete,
    coalesce(counted.mention_count, 0) AS mention_count,
    coalesce(counted.shitstorm_count, 0) AS shitstorm_count,
    coalesce(counted.hotline_count, 0) AS hotline_count,
    coalesce(counted.email_count, 0) AS email_count,
    coalesce(counted.form_count, 0) AS form_count,
    coalesce(counted.shop_count, 0) AS shop_count,
    coalesce(counted.app_count, 0) AS app_count
FROM hour
LEFT JOIN reading USING (starts_at)
LEFT JOIN counted USING (starts_at)
ORDER BY hour.starts_at;
