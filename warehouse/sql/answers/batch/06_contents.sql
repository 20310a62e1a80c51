-- What lists and metrics need from a mention's text: hashtags, threats, what a question is about,
-- and which company account is spoken to. Of a text past retention all stays but the words; of a
-- deleted one nothing.
-- grain: one row per node that is a mention or a customer's post
CREATE OR REPLACE TEMP TABLE contents AS
WITH texts AS (
    SELECT
        node,
        brand,
        platform,
        lower(text) AS text
    FROM nodes
    WHERE text IS NOT NULL AND NOT is_company
),

handles AS (
    SELECT
        node,
        brand,
        platform,
        unnest(regexp_extract_all(text, '@([\w.-]*\w)', 1)) AS handle,
        generate_subscripts(regexp_extract_all(text, '@([\w.-]*\w)', 1), 1) AS place
    FROM texts
),

spoken_to AS ( -- the first company account that is named
    SELECT
        handles.node,
        arg_min(brand_accounts.role, handles.place) AS role,
        arg_min(brand_accounts.handle, handles.place) AS handle
    FROM handles
    INNER JOIN brand_accounts
        ON
            handles.brand = brand_accounts.brand
            AND handles.handle = brand_accounts.handle
            AND handles.platform = coalesce(brand_accounts.platform, handles.platform)
            AND brand_accounts.role <> 'superuser'
    GROUP BY handles.node
),

words AS (
    SELECT
        texts.node,
        regexp_extract_all(
            regexp_replace(texts.text, '([@#]|https?://)\S+', ' ', 'g'), '\p{L}{4,}'
        ) AS words
    FROM texts
    INNER JOIN nodes USING (node)
    INNER JOIN readings USING (node)
    WHERE readings.question AND nodes.kind IS NOT NULL
),

stems AS (
    SELECT
        node,
        list_sort(list_distinct([
            regexp_replace(word, '(ungen|ung|ern|en|er|em|es|e|n|s|ing|ed)$', '')
            FOR word IN words
            IF NOT list_contains(getvariable('stop_words'), word)
        ])) AS terms
    FROM words
),

company_handles AS (
    SELECT nodes.platform, nodes.author_id, any_value(lower(authors.handle)) AS handle
    FROM nodes
    INNER JOIN authors USING (platform, author_id)
    WHERE nodes.is_company
    GROUP BY ALL
),

kept AS (
    SELECT
        nodes.node,
        answers.hashtags,
        answers.has_threat,
        answers.addressed_role,
        answers.addressed_handle
    FROM nodes
    INNER JOIN answers USING (brand, platform, post_id)
    WHERE nodes.text IS NULL AND NOT nodes.is_deleted
    QUALIFY row_number() OVER (PARTITION BY nodes.node ORDER BY answers.updated_at DESC) = 1
)

SELECT
    nodes.node,
    coalesce(
        list_sort(list_distinct(
            regexp_extract_all(texts.text, '#([\w\p{L}]*\p{L}[\w\p{L}]*)', 1)
        )),
        kept.hashtags,
        []
    ) AS hashtags,
    coalesce(stems.terms[:12], []) AS question_terms,
    coalesce(regexp_matches(texts.text, getvariable('threat')), kept.has_threat, false)
        AS has_threat,
    coalesce(
        CASE WHEN parent.is_company THEN parent.role END, spoken_to.role, kept.addressed_role
    ) AS addressed_role,
    coalesce(parent_author.handle, spoken_to.handle, kept.addressed_handle)
        AS addressed_handle
FROM nodes
LEFT JOIN texts USING (node)
LEFT JOIN spoken_to USING (node)
LEFT JOIN stems USING (node)
LEFT JOIN kept USING (node)
LEFT JOIN nodes AS parent ON nodes.parent_node = parent.node
LEFT JOIN company_handles AS parent_author
    ON
        parent.is_company
        AND parent.platform = parent_author.platform
        AND parent.author_id = parent_author.author_id
WHERE NOT nodes.is_company OR nodes.kind IS NOT NULL;
