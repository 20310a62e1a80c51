-- What complaints are about: the words they share, how many wait, and whether they grow.
-- grain: one row per brand and word that at least three people used in complaints; 100 at most
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it was posted)
-- The change compares with the four weeks before $since, in complaints per day: 100 = twice as many
-- as then; NULL where there were none. The brand's own names are left out.
-- keys: unnest(said.topics) AS word
-- join: INNER JOIN answers AS said ON mention.brand = said.brand AND mention.platform =
--   said.platform AND mention.post_id = said.post_id AND mention.created_at = said.created_at
-- cases: mention.created_at >= $since AND mention.created_at < $until AND mention.complaint
--   AND mention.follows_id IS NULL AND NOT mention.is_repost AND mention.status <> 'deleted'
--   AND mention.author_role IN ('community', 'superuser')
WITH said AS (
    SELECT
        brand,
        asker_id,
        created_at >= $since AS is_now,
        complaint AND follows_id IS NULL AND NOT is_repost AS is_complaint,
        needs_answer,
        status,
        topics
    FROM answers
    WHERE
        ($brand IS NULL OR brand = $brand)
        AND created_at >= $since - INTERVAL 28 DAY
        AND created_at < $until
        AND author_role IN ('community', 'superuser')
        AND len(topics) > 0
        AND NOT is_repost
        AND status <> 'deleted'
),

own_names AS (
    SELECT DISTINCT brand, unnest(string_split_regex(lower(term), '[^\p{L}\d]+')) AS word
    FROM brand_terms
    WHERE kind IN ('name', 'hashtag', 'handle')
),

words AS (
    SELECT said.* EXCLUDE (topics), unnest(said.topics) AS word
    FROM said
),

counted AS (
    SELECT
        words.brand,
        words.word,
        count(*) FILTER (WHERE words.is_now) AS mention_count,
        count(*) FILTER (WHERE words.is_now AND words.is_complaint) AS complaint_count,
        count(DISTINCT words.asker_id) FILTER (WHERE words.is_now AND words.is_complaint)
            AS author_count,
        count(*) FILTER (WHERE words.is_now AND words.is_complaint AND words.needs_answer)
            AS needs_answer_count,
        count(*) FILTER (
            WHERE
            words.is_now
            AND words.is_complaint
            AND words.needs_answer
            AND words.status IN ('unanswered', 'holding', 'deflected', 'reopened')
        ) AS open_count,
        count(*) FILTER (WHERE NOT words.is_now AND words.is_complaint) AS before_count
    FROM words
    ANTI JOIN own_names ON words.brand = own_names.brand AND words.word = own_names.word
    GROUP BY ALL
)

SELECT
    brand,
    word,
    mention_count,
    complaint_count,
    author_count,
    round(100.0 * open_count / nullif(needs_answer_count, 0), 1) AS unanswered_pct,
    before_count AS complaints_before_count,
    round(
        100.0 * complaint_count / epoch($until - $since)
        / nullif(before_count / epoch(INTERVAL 28 DAY), 0) - 100, 1
    ) AS change_pct
FROM counted
WHERE author_count >= 3
ORDER BY brand, complaint_count DESC, mention_count DESC, word
LIMIT 100;
