-- Questions that many people ask, and the best public answer so far: candidates for a FAQ.
-- grain: one row per brand, language and pair of words that at least three people asked about
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it was posted)
-- terms are word stems. Best answer: one that helped somebody, else the newest by the company.
WITH asked AS (
    SELECT
        brand,
        platform,
        post_id,
        coalesce(lang, '') AS lang,
        asker_id,
        created_at,
        question_terms
    FROM answers
    WHERE
        ($brand IS NULL OR brand = $brand)
        AND created_at >= $since
        AND created_at < $until
        AND len(question_terms) > 1
        AND follows_id IS NULL
        AND NOT is_repost
        AND status <> 'deleted'
),

words AS (
    SELECT brand, lang, platform, post_id, asker_id, created_at, unnest(question_terms) AS term
    FROM asked
),

common AS (
    SELECT brand, lang, term
    FROM words
    GROUP BY ALL
    HAVING count(*) >= 3
),

kept AS (
    SELECT words.*
    FROM words
    SEMI JOIN common USING (brand, lang, term)
),

pairs AS (
    SELECT
        one.brand,
        one.lang,
        one.term || ' ' || two.term AS terms,
        count(DISTINCT one.asker_id) AS asker_count,
        count(*) AS question_count,
        max_by(
            struct_pack(platform := one.platform, post_id := one.post_id), one.created_at
        ) AS newest,
        list(struct_pack(platform := one.platform, post_id := one.post_id)) AS heads
    FROM kept AS one
    INNER JOIN kept AS two
        ON
            one.brand = two.brand
            AND one.platform = two.platform
            AND one.post_id = two.post_id
            AND one.term < two.term
    GROUP BY one.brand, one.lang, one.term, two.term
    HAVING count(DISTINCT one.asker_id) >= 3
),

candidates AS ( -- of word pairs that bring together the same questions one is enough
    SELECT *
    FROM pairs
    QUALIFY row_number() OVER (PARTITION BY brand, lang, list_sort(heads) ORDER BY terms) = 1
    ORDER BY asker_count DESC, question_count DESC, terms
    LIMIT 50
),

answered AS (
    SELECT
        asked.brand,
        asked.lang,
        asked.terms,
        max_by(
            struct_pack(
                platform := replies.platform,
                post_id := replies.post_id,
                role := replies.role,
                is_helpful := replies.is_helpful
            ),
            (replies.is_helpful, replies.role NOT IN ('community'), replies.replied_at)
        ) AS best
    FROM (
        SELECT brand, lang, terms, unnest(heads) AS head FROM candidates
    ) AS asked
    INNER JOIN replies
        ON
            asked.brand = replies.brand
            AND asked.head.platform = replies.platform
            AND asked.head.post_id = replies.head_id
    WHERE replies.is_answer AND replies.replied_at >= $since
    GROUP BY ALL
)

SELECT
    candidates.brand,
    candidates.lang,
    candidates.terms,
    candidates.asker_count,
    candidates.question_count,
    question.text AS newest_question,
    question.permalink AS question_permalink,
    answer.text AS best_answer,
    answered.best.role AS best_answer_by,
    answered.best.is_helpful AS best_answer_is_helpful,
    answer.permalink AS answer_permalink
FROM candidates
LEFT JOIN answered USING (brand, lang, terms)
LEFT JOIN posts AS question
    ON
        candidates.newest.platform = question.platform
        AND candidates.newest.post_id = question.post_id
LEFT JOIN posts AS answer
    ON answered.best.platform = answer.platform AND answered.best.post_id = answer.post_id
ORDER BY
    candidates.asker_count DESC,
    candidates.question_count DESC,
    candidates.brand,
    candidates.lang,
    candidates.terms;
