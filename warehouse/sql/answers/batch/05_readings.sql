-- What each post says: its tags, whether it asks the brand for an answer, and for company posts
-- the initials at the end and the wording. A text that was removed keeps what was read from it.
-- grain: one row per node
CREATE OR REPLACE TEMP TABLE readings AS
WITH closings AS ( -- the text without links and part numbers at its end, and without handles
    SELECT
        node,
        lower(regexp_replace(text, '(\s|https?://\S+|\(?\b\d\s?/\s?\d\b\)?)+$', '')) AS closing,
        regexp_replace(lower(text), '(@|https?://)\S+|[^\p{L}]+', ' ', 'g') AS wording
    FROM nodes
    WHERE is_company AND text IS NOT NULL
),

kept AS (
    SELECT
        nodes.node,
        any_value(replies.signature) AS signature,
        bool_or(replies.moved_private) AS moved_private,
        any_value(replies.text_key) AS text_key
    FROM nodes
    INNER JOIN replies USING (brand, platform, post_id)
    WHERE nodes.text IS NULL
    GROUP BY ALL
),

company_texts AS (
    SELECT
        closings.node,
        regexp_extract(
            replace(closings.closing, '^ ', '^'),
            '(?:^|\s)([\^~*]\p{L}{1,12}|[/–-]\s?\p{L}{1,3})$', 1
        ) AS initials,
        regexp_matches(closings.closing, getvariable('moved_private')) AS moved_private,
        md5_number_lower(trim(closings.wording)) AS text_key,
        closings.closing
    FROM closings
),

listed AS ( -- initials in the watch-list's own spelling win over the common forms
    SELECT company_texts.node, max(lower(brand_signatures.signature)) AS signature
    FROM company_texts
    INNER JOIN nodes USING (node)
    INNER JOIN brand_signatures
        ON
            nodes.brand = brand_signatures.brand
            AND ends_with(
                ' ' || replace(company_texts.closing, '^ ', '^'),
                ' ' || replace(lower(brand_signatures.signature), '^ ', '^')
            )
    GROUP BY ALL
)

SELECT
    nodes.node,
    tags.lang,
    tags.sentiment,
    tags.negative_score,
    tags.neutral_score,
    tags.positive_score,
    tags.complaint,
    tags.question,
    tags.praise,
    tags.urgent,
    tags.settled,
    tags.complaint_score,
    tags.question_score,
    tags.praise_score,
    tags.urgent_score,
    coalesce(tags.private_data, []) AS private_data,
    coalesce(tags.spill_over, []) AS spill_over,
    coalesce(tags.topics, []) AS topics,
    CASE WHEN tags.complaint THEN ['complaint'] ELSE [] END
    || CASE WHEN tags.question THEN ['question'] ELSE [] END
    || CASE WHEN tags.urgent THEN ['urgent'] ELSE [] END
    || CASE WHEN len(tags.private_data) > 0 THEN ['private_data'] ELSE [] END
    || CASE WHEN len(tags.spill_over) > 0 THEN ['spill_over'] ELSE [] END AS reasons,
    CASE
        WHEN tags.reply_kind = 'answer' OR list_contains(tags.corrected, 'reply_kind')
            THEN tags.reply_kind
        WHEN coalesce(company_texts.moved_private, kept.moved_private) THEN 'deflect'
        ELSE tags.reply_kind
    END AS reply_kind,
    coalesce(listed.signature, nullif(company_texts.initials, ''), kept.signature) AS signature,
    coalesce(company_texts.moved_private, kept.moved_private, false) AS moved_private,
    coalesce(company_texts.text_key, kept.text_key) AS text_key,
    coalesce(tags.complaint, false) OR coalesce(tags.question, false) AS is_asking,
    (coalesce(tags.praise, false) OR coalesce(tags.settled, false))
    AND NOT (coalesce(tags.complaint, false) OR coalesce(tags.question, false)) AS is_thanking,
    (
        coalesce(tags.complaint, false)
        OR coalesce(tags.question, false)
        OR coalesce(tags.urgent, false)
    )
    AND nodes.kind IS NOT NULL
    AND NOT (nodes.is_company OR nodes.is_repost OR nodes.is_deleted OR coalesce(tags.spam, false))
    AND (
        nodes.kind IN ('direct', 'owned')
        OR coalesce(
            brand_platforms.engage,
            CASE nodes.platform WHEN 'facebook' THEN 'direct' ELSE 'all' END
        ) = 'all'
    ) AS needs_answer
FROM nodes
LEFT JOIN tags_that_count('thread_tags') AS tags USING (platform, post_id)
LEFT JOIN brand_platforms USING (brand, platform)
LEFT JOIN company_texts USING (node)
LEFT JOIN listed USING (node)
LEFT JOIN kept USING (node);
