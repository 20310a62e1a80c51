-- The posts to look at, with what decides: their words, and whom they stand under.

CREATE OR REPLACE TEMP TABLE scope AS
SELECT
    posts.rowid AS row_id,
    posts.platform,
    posts.post_id,
    posts.thread_id,
    posts.parent_id,
    posts.author_id,
    posts.permalink,
    -- letters and their accents in one piece, as the patterns have them
    CASE
        WHEN regexp_matches(posts.text, '\p{M}') THEN nfc_normalize(posts.text)
        ELSE posts.text
    END AS words
FROM posts
SEMI JOIN scope_ids ON posts.rowid = scope_ids.row_id
WHERE posts.text IS NOT NULL;

-- Posts that stand directly under a company's post, or anywhere in a thread it has begun.
CREATE OR REPLACE TEMP TABLE under_company AS
WITH above AS (
    SELECT platform, parent_id AS post_id FROM scope WHERE parent_id IS NOT NULL
    UNION
    SELECT platform, thread_id FROM scope
),

company_posts AS MATERIALIZED (
    SELECT company_authors.brand, posts.platform, posts.post_id
    FROM posts
    SEMI JOIN above ON posts.platform = above.platform AND posts.post_id = above.post_id
    INNER JOIN company_authors
        ON
            posts.platform = company_authors.platform
            AND posts.author_id = company_authors.author_id
)

SELECT company_posts.brand, scope.row_id
FROM scope
INNER JOIN company_posts
    ON scope.platform = company_posts.platform AND scope.parent_id = company_posts.post_id
UNION
SELECT company_posts.brand, scope.row_id
FROM scope
INNER JOIN company_posts
    ON scope.platform = company_posts.platform AND scope.thread_id = company_posts.post_id;

-- Posts that were handed in for a brand stay its mentions.
CREATE OR REPLACE TEMP TABLE handed_in AS
SELECT mentions.brand, scope.row_id
FROM scope
INNER JOIN mentions ON scope.platform = mentions.platform AND scope.post_id = mentions.post_id
WHERE mentions.is_imported;

CREATE OR REPLACE TEMP TABLE wanted (
    brand VARCHAR, row_id BIGINT, platform VARCHAR, post_id VARCHAR, kind VARCHAR,
    is_imported BOOLEAN
);
