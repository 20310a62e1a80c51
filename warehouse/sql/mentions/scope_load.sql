-- Posts that a load may have made, or unmade, mentions: what is new, edited, moved or in a new
-- author's name, and what lies below a changed post of a company account, or in its thread.
CREATE OR REPLACE TEMP TABLE scope_ids AS
WITH company_changes AS (
    SELECT posts.platform, posts.post_id, posts.thread_id
    FROM posts
    SEMI JOIN changed ON posts.rowid = changed.row_id
    SEMI JOIN company_authors
        ON
            posts.platform = company_authors.platform
            AND posts.author_id = company_authors.author_id
    UNION
    SELECT posts.platform, posts.post_id, posts.thread_id
    FROM posts
    SEMI JOIN renamed
        ON posts.platform = renamed.platform AND posts.author_id = renamed.author_id
),

moved AS (
    SELECT row_id FROM settled WHERE old_thread_id <> thread_id
)

SELECT row_id FROM changed
UNION
SELECT row_id FROM moved
UNION
SELECT posts.rowid
FROM posts
SEMI JOIN company_changes
    ON
        posts.platform = company_changes.platform
        AND posts.thread_id = company_changes.thread_id
UNION
SELECT posts.rowid
FROM posts
SEMI JOIN company_changes
    ON
        posts.platform = company_changes.platform
        AND posts.parent_id = company_changes.post_id;
