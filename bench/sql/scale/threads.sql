-- Threads of $days days up to $until, as many as $posts posts need: who asks which brand what, and
-- how it goes on. Everything is drawn by hash, so the same $seed gives the same threads.
-- grain: one row per thread
CREATE OR REPLACE TEMP MACRO draw(number, salt, many) AS
(hash(number, salt, getvariable('seed')) % many)::bigint;

SET VARIABLE seed = $seed;

-- Posts of each hour of the day, in thousandths and added up: evenings are busy, nights are not.
SET VARIABLE hours = [
    12, 18, 22, 25, 28, 36, 56, 96, 146, 196, 246, 296,
    346, 396, 444, 492, 544, 600, 664, 732, 804, 876, 936, 1000
];

-- How threads go on after the first post, and in how many of a hundred.
CREATE OR REPLACE TEMP TABLE shapes AS
WITH told AS (
    SELECT * FROM (
        VALUES
        (34, []),
        (13, ['answer']),
        (6, ['answer', 'thanks']),
        (7, ['holding']),
        (6, ['holding', 'answer', 'thanks']),
        (7, ['deflect']),
        (3, ['deflect', 'again']),
        (4, ['ask', 'again', 'answer']),
        (3, ['answer', 'again', 'answer', 'thanks']),
        (2, ['part', 'part']),
        (5, ['community']),
        (4, ['community', 'thanks']),
        (2, ['community', 'community', 'answer', 'community', 'again', 'holding']),
        (2, ['chatter', 'chatter', 'chatter', 'community', 'chatter', 'chatter', 'chatter']),
        (2, ['repost', 'repost'])
    ) AS told (weight, steps)
)

SELECT list(steps) AS steps_of
FROM (SELECT unnest(range(weight)) AS nth, steps FROM told) AS repeated;

CREATE OR REPLACE TEMP TABLE scale_threads AS
WITH drawn AS (
    SELECT
        number,
        draw(number, 'brand', 10) AS brand_at,
        draw(number, 'hour', 1000) AS hour_at,
        $until::timestamptz - to_days($days)
        + to_days((number * $days // $threads)::integer) AS day_at
    FROM range($threads) AS numbers (number)
)

SELECT
    number,
    CASE WHEN brand_at < 6 THEN 'muster' WHEN brand_at < 9 THEN 'paket' ELSE 'netz' END AS brand,
    CASE WHEN draw(number, 'platform', 10) < 8 THEN 'x' ELSE 'reddit' END AS platform,
    CASE WHEN draw(number, 'lang', 3) < 2 THEN 'de' ELSE 'en' END AS lang,
    $first_author + draw(number, 'asker', greatest($threads // 3, 10)) AS asker,
    CASE
        WHEN draw(number, 'kind', 100) < 45 THEN 'complaint'
        WHEN draw(number, 'kind', 100) < 70 THEN 'question'
        WHEN draw(number, 'kind', 100) < 80 THEN 'praise'
        ELSE 'chatter'
    END AS kind,
    (
        SELECT steps_of FROM shapes
    )[1 + draw(number, 'shape', 100)] AS steps,
    least(
        day_at
        + to_seconds(3600 * len([edge FOR edge IN getvariable('hours') IF edge <= hour_at]))
        + to_seconds(draw(number, 'second', 3600)),
        $until::timestamptz - INTERVAL 1 SECOND
    ) AS began_at
FROM drawn;
