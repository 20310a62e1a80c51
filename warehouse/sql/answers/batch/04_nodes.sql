-- Every post as each brand of its thread sees it: who wrote it, what it says, what it answers.
-- A parent that is not known is replaced by the thread's root.
-- grain: one row per brand, thread and post, numbered by node
-- parameters: $helpful_count answers make a super-user
CREATE OR REPLACE TEMP TABLE nodes AS
WITH thread_mentions AS MATERIALIZED (
    SELECT mentions.brand, platform, post_id, mentions.kind, thread_posts.thread_id
    FROM mentions
    INNER JOIN thread_posts USING (platform, post_id)
),

brand_threads AS (
    SELECT DISTINCT brand, platform, thread_id FROM thread_mentions
),

account_roles AS (
    SELECT
        brand_accounts.brand,
        authors.platform,
        authors.author_id,
        arg_min(brand_accounts.role, (
            brand_accounts.platform IS NULL,
            list_position(['own', 'agency', 'marketing', 'superuser'], brand_accounts.role)
        )) AS role
    FROM authors
    INNER JOIN brand_accounts
        ON
            lower(authors.handle) = brand_accounts.handle
            AND authors.platform = coalesce(brand_accounts.platform, authors.platform)
    GROUP BY ALL
),

seen AS (
    SELECT
        brand_threads.brand,
        thread_posts.*,
        coalesce(
            account_roles.role,
            CASE WHEN helpers.helpful_count >= $helpful_count THEN 'superuser' END,
            'community'
        ) AS role,
        thread_mentions.kind
    FROM brand_threads
    INNER JOIN thread_posts USING (platform, thread_id)
    LEFT JOIN account_roles USING (brand, platform, author_id)
    LEFT JOIN helpers USING (brand, platform, author_id)
    LEFT JOIN thread_mentions
        ON
            brand_threads.brand = thread_mentions.brand
            AND thread_posts.platform = thread_mentions.platform
            AND thread_posts.post_id = thread_mentions.post_id
),

numbered AS MATERIALIZED (
    SELECT
        *,
        row_number() OVER () AS node,
        role IN ('own', 'agency', 'marketing') AS is_company
    FROM seen
)

SELECT
    numbered.node,
    numbered.brand,
    numbered.platform,
    numbered.thread_id,
    numbered.post_id,
    numbered.author_id,
    numbered.created_at,
    numbered.text,
    numbered.role,
    numbered.is_company,
    numbered.is_deleted,
    numbered.is_repost,
    numbered.kind,
    -- Who asks: an author, or a post alone where nobody may be followed through the thread.
    CASE
        WHEN numbered.is_company OR numbered.author_id IS NULL THEN 'post ' || numbered.post_id
        ELSE 'author ' || numbered.author_id
    END AS person,
    coalesce(parent.node, root.node) AS parent_node,
    parent.node IS NULL
    AND numbered.parent_id IS NOT NULL
    AND numbered.post_id <> numbered.thread_id AS is_orphan
FROM numbered
LEFT JOIN numbered AS parent
    ON
        numbered.brand = parent.brand
        AND numbered.platform = parent.platform
        AND numbered.thread_id = parent.thread_id
        AND numbered.parent_id = parent.post_id
        AND numbered.post_id <> parent.post_id
LEFT JOIN numbered AS root
    ON
        numbered.brand = root.brand
        AND numbered.platform = root.platform
        AND numbered.thread_id = root.thread_id
        AND numbered.thread_id = root.post_id
        AND numbered.post_id <> root.post_id;
