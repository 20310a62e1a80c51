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
    INNER JOIN kept AS one ON candidates.one_no = one.term_no
    INNER JOIN kept AS two
        ON candidates.two_no = two.term_no AND one.question_no = two.question_no
    INNER JOIN asked ON one.question_no = asked.question_no
),

newest AS (
    SELECT
        one_no,
        two_no,
        arg_max(
            { 'platform': platform, 'post_id': post_id }, (created_at, platform, post_id)
        ) AS post
    FROM heads
    GROUP BY ALL
),

best AS (
    SELECT
        heads.one_no,
        heads.two_no,
        arg_max(
            {
                'platform': replies.platform,
                'post_id': replies.post_id,
                'role': replies.role,
                'is_helpful': replies.is_helpful
            },
            (
                replies.is_helpful,
                replies.role <> 'community',
                replies.replied_at,
                replies.platform,
                replies.post_id
            )
        ) AS reply
    FROM heads
    INNER JOIN replies
        ON
            heads.brand = replies.brand
            AND heads.platform = replies.platform
            AND heads.post_id = replies.head_id
    WHERE replies.is_answer AND replies.replied_at >= $since
    GROUP BY ALL
),

wanted AS (
    SELECT post.platform, post.post_id FROM newest
    UNION
    SELECT reply.platform, reply.post_id FROM best
),

shown AS ( -- looked up at once and first, so that of all other posts only the keys are read
    SELECT posts.platform, posts.post_id, posts.text, posts.permalink
    FROM posts
    SEMI JOIN wanted ON posts.platform = wanted.platform AND posts.post_id = wanted.post_id
    WHERE posts.created_at >= $since
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
    best.reply.role AS best_answer_by,
    best.reply.is_helpful AS best_answer_is_helpful,
    answer_post.permalink AS answer_permalink
FROM candidates
LEFT JOIN newest USING (one_no, two_no)
LEFT JOIN best USING (one_no, two_no)
LEFT JOIN shown AS question_post
    ON
        newest.post.platform = question_post.platform
        AND newest.post.post_id = question_post.post_id
LEFT JOIN shown AS answer_post
    ON
        best.reply.platform = answer_post.platform
        AND best.reply.post_id = answer_post.post_id
ORDER BY
    candidates.asker_count DESC,
    candidates.question_count DESC,
    candidates.brand,
    candidates.lang,
    candidates.terms;
