-- The posts of scale_threads, texts put together from `phrasings`, in the order of time.
-- $first_id: number of the first thread's first post; a thread has room for ten.
CREATE OR REPLACE TEMP TABLE scale_posts AS
WITH steps AS (
    SELECT
        *,
        unnest([kind] || steps) AS step,
        generate_subscripts([kind] || steps, 1) - 1 AS place
    FROM scale_threads
),

placed AS (
    SELECT
        *,
        ($first_id + number * 10 + place)::varchar AS post_id,
        step IN ('answer', 'holding', 'deflect', 'ask', 'part') AS is_company,
        CASE
            WHEN place = 0 THEN 0
            WHEN draw(number, 'slow' || place, 4) = 0
                THEN 60 + draw(number, 'wait' || place, 40000)
            ELSE 60 + draw(number, 'wait' || place, 4000)
        END AS wait_seconds
    FROM steps
),

phrased AS (
    SELECT
        placed.*,
        began_at + to_seconds(
            sum(wait_seconds) OVER (PARTITION BY number ORDER BY place)::bigint
        ) AS created_at,
        phrasings.texts[1 + draw(number, 'text' || place, len(phrasings.texts))] AS phrase,
        openings.texts[1 + draw(number, 'open' || place, len(openings.texts))] AS opening,
        things.texts[1 + draw(number, 'thing', len(things.texts))] AS thing
    FROM placed
    INNER JOIN phrasings ON placed.lang = phrasings.lang AND placed.step = phrasings.kind
    INNER JOIN phrasings AS openings
        ON placed.lang = openings.lang AND openings.kind = 'opening'
    INNER JOIN phrasings AS things ON placed.lang = things.lang AND things.kind = 'thing'
)

SELECT
    platform,
    post_id,
    brand,
    step,
    lang,
    is_company,
    CASE
        WHEN is_company THEN brand || ['', '', '_hilft', '_hilft', '_erleben'][
            1 + draw(number, 'who' || place, 5)
        ]
        WHEN step IN ('community', 'chatter', 'repost') AND place > 0
            THEN 'kunde' || ($first_author + draw(number, 'member' || place, 20000))
        ELSE 'kunde' || asker
    END AS author_handle,
    CASE WHEN step = 'repost' THEN 'RT @kunde' || asker || ': ' ELSE '' END
    || CASE
        WHEN is_company OR step IN ('community', 'chatter') AND place > 0
            THEN '@kunde' || asker || ' '
        WHEN draw(number, 'way', 10) < 8 OR place > 0 THEN '@' || brand || ' '
        WHEN draw(number, 'way', 10) = 8 THEN '#' || brand || ' '
        ELSE brand || ' '
    END
    || CASE WHEN is_company OR place > 0 THEN '' ELSE opening || ', ' END
    || replace(
        replace(phrase, '{thing}', thing), '{n}', (2 + draw(number, 'n' || place, 27))::varchar
    )
    || CASE WHEN step = 'part' THEN ' ' || place || '/2' ELSE '' END
    || CASE
        WHEN place = 0 AND draw(number, 'private', 50) = 0
            THEN ' IBAN DE89 3704 0044 0532 0130 00'
        ELSE ''
    END
    || CASE WHEN place = 0 AND draw(number, 'tag', 8) = 0 THEN ' #' || split_part(thing, ' ', -1)
        ELSE '' END
    || CASE WHEN is_company AND draw(number, 'sign' || place, 2) = 0 THEN ' ^mk' ELSE '' END
        AS text,
    created_at,
    'https://' || platform || '.example/' || post_id AS permalink,
    CASE WHEN place > 0 AND step <> 'repost' THEN ($first_id + number * 10 + place - 1)::varchar END
        AS reply_to_id,
    CASE WHEN step <> 'repost' THEN ($first_id + number * 10)::varchar END AS root_id,
    CASE WHEN step = 'repost' THEN ($first_id + number * 10)::varchar END AS repost_of_id,
    draw(number, 'likes' || place, 40) AS like_count,
    draw(number, 'reposts' || place, 8) AS repost_count,
    draw(number, 'views' || place, 3000) AS view_count
FROM phrased
WHERE created_at < $until AND NOT (place = 0 AND draw(number, 'lost', 200) = 0)
ORDER BY created_at;

-- Tags as a model would give them.
CREATE OR REPLACE TEMP TABLE scale_tags AS
SELECT
    platform,
    post_id,
    $model AS model,
    md5(text) AS text_hash,
    lang,
    CASE
        WHEN step IN ('complaint', 'again') THEN 'negative'
        WHEN step IN ('praise', 'thanks') THEN 'positive'
        ELSE 'neutral'
    END AS sentiment,
    step = 'complaint' OR step = 'again' AS complaint,
    step IN ('question', 'ask') AS question,
    step IN ('praise', 'thanks') AS praise,
    hash(post_id, 'urgent') % 25 = 0 AND step IN ('complaint', 'question') AS urgent,
    step = 'thanks' AND hash(post_id, 'settled') % 3 = 0 AS settled,
    CASE WHEN contains(text, 'IBAN') THEN ['iban'] ELSE [] END AS private_data,
    CASE
        WHEN step IN ('complaint', 'question') AND contains(text, 'otline') THEN ['hotline']
        ELSE []
    END AS spill_over,
    [
        word FOR word IN ['rechnung', 'zähler', 'wlan', 'strom', 'hotline', 'bill', 'meter', 'wifi']
        IF contains(lower(text), word)
    ] || ['thema ' || hash(post_id, 'topic') % 300] AS topics,
    CASE
        WHEN step IN ('community', 'part') THEN 'answer'
        WHEN step IN ('answer', 'holding', 'deflect', 'ask') THEN step
        ELSE 'social'
    END AS reply_kind,
    0.2 + 0.7 * (step = 'complaint')::integer AS complaint_score,
    0.2 + 0.7 * (step = 'question')::integer AS question_score,
    0.2 + 0.7 * (step = 'praise')::integer AS praise_score,
    0.1 AS urgent_score,
    0.3 AS negative_score,
    0.4 AS neutral_score,
    0.3 AS positive_score
FROM scale_posts;
