-- Questions that many people ask, and the best public answer so far: candidates for a FAQ.
-- grain: one row per brand, language and pair of words that at least three people asked about
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it was posted)
-- terms are word stems; the 50 pairs that most people ask about. Best answer: one that helped
-- somebody, else by the company or a super-user, else any; the newest of them.
-- keys: array_to_string(asked.question_terms, ' ') AS terms
-- join: INNER JOIN answers AS asked ON mention.brand = asked.brand AND mention.platform =
--   asked.platform AND mention.post_id = asked.post_id AND mention.created_at =
--   asked.created_at
-- cases: mention.created_at >= $since AND mention.created_at < $until AND
--   len(asked.question_terms) > 1 AND mention.follows_id IS NULL AND NOT mention.is_repost AND
--   mention.status <> 'deleted'
WITH asked AS (
    SELECT
        row_number() OVER () AS question_no,
        brand,
        platform,
        post_id,
        coalesce(lang, '') AS lang,
        hash(platform, asker_id) AS asker,
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
    SELECT question_no, brand, lang, asker, unnest(question_terms) AS term
    FROM asked
),

common AS (
    SELECT brand, lang, term, row_number() OVER (ORDER BY term) AS term_no
    FROM words
    GROUP BY brand, lang, term
    HAVING count(*) >= 3
),

kept AS (
    SELECT words.question_no, words.asker, common.term_no
    FROM words
    INNER JOIN common USING (brand, lang, term)
),

pairs AS (
    SELECT
        one.term_no AS one_no,
        two.term_no AS two_no,
        count(DISTINCT one.asker) AS asker_count,
        count(*) AS question_count,
        sum(hash(one.question_no)::HUGEINT) AS questions_print
    FROM kept AS one
    INNER JOIN kept AS two ON one.question_no = two.question_no AND one.term_no < two.term_no
    GROUP BY one.term_no, two.term_no
    HAVING count(DISTINCT one.asker) >= 3
),

candidates AS ( -- of word pairs that bring together the same questions one is enough
    SELECT
        pairs.*,
        one.brand,
        one.lang,
        one.term || ' ' || two.term AS terms
    FROM pairs
    INNER JOIN common AS one ON pairs.one_no = one.term_no
    INNER JOIN common AS two ON pairs.two_no = two.term_no
    QUALIFY row_number() OVER (PARTITION BY questions_print ORDER BY one.term, two.term) = 1
    ORDER BY asker_count DESC, question_count DESC, terms
    LIMIT 50
),

heads AS (
    SELECT
        candidates.one_no, candidates.two_no, asked.brand, asked.platform, asked.post_id,
        asked.created_at
    FROM candidates
    INNER JOIN asked
        ON
            candidates.brand = asked.brand
            AND candidates.lang = asked.lang
            AND list_has_all(asked.question_terms, string_split(candidates.terms, ' '))
),

newest AS (
    SELECT one_no, two_no, platform, post_id, created_at
    FROM heads
    QUALIFY row_number() OVER (
        PARTITION BY one_no, two_no ORDER BY created_at DESC, platform, post_id
    ) = 1
),

best AS (
    SELECT
        heads.one_no,
        heads.two_no,
        replies.platform,
        replies.post_id,
        replies.role,
        replies.is_helpful
    FROM heads
    INNER JOIN replies
        ON
            heads.brand = replies.brand
            AND heads.platform = replies.platform
            AND heads.post_id = replies.head_id
    WHERE replies.is_answer AND replies.replied_at >= $since
    QUALIFY row_number() OVER (
        PARTITION BY heads.one_no, heads.two_no
        ORDER BY
            replies.is_helpful DESC,
            replies.role = 'community' ASC,
            replies.replied_at DESC,
            replies.post_id ASC
    ) = 1
)

SELECT
    candidates.brand,
    candidates.lang,
    candidates.terms,
    candidates.asker_count,
    candidates.question_count,
    question_post.text AS newest_question,
    question_post.permalink AS question_permalink,
    answer_post.text AS best_answer,
    best.role AS best_answer_by,
    best.is_helpful AS best_answer_is_helpful,
    answer_post.permalink AS answer_permalink
FROM candidates
LEFT JOIN newest USING (one_no, two_no)
LEFT JOIN best USING (one_no, two_no)
LEFT JOIN posts AS question_post
    ON
        newest.platform = question_post.platform
        AND newest.post_id = question_post.post_id
        AND newest.created_at = question_post.created_at
LEFT JOIN posts AS answer_post
    ON
        best.platform = answer_post.platform
        AND best.post_id = answer_post.post_id
        AND answer_post.created_at >= $since
ORDER BY
    candidates.asker_count DESC,
    candidates.question_count DESC,
    candidates.brand,
    candidates.lang,
    candidates.terms;
