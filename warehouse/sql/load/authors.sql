-- Names of the authors a load shows; the newest name wins, an unknown one changes nothing.
-- Leaves `restated`: what is said of each now; and `renamed`: authors who were stored before under
-- another handle, one of them in the watch-list, so that their part in their threads changes.
CREATE OR REPLACE TEMP TABLE restated AS
WITH named AS (
    SELECT
        platform,
        author_id,
        arg_max(author_handle, retrieved_at) AS handle,
        arg_max(author_name, retrieved_at) AS name,
        arg_max(follower_count, retrieved_at) AS follower_count,
        max(retrieved_at) AS seen_at
    FROM shown
    WHERE author_id IS NOT NULL
    GROUP BY ALL
)

SELECT
    platform,
    author_id,
    authors.rowid AS row_id,
    authors.handle AS old_handle,
    coalesce(named.handle, authors.handle) AS handle,
    coalesce(named.name, authors.name) AS name,
    coalesce(named.follower_count, authors.follower_count) AS follower_count,
    named.seen_at,
    authors.rowid IS NOT NULL
    AND (
        named.handle <> coalesce(authors.handle, '')
        OR named.name <> coalesce(authors.name, '')
        OR named.follower_count <> coalesce(authors.follower_count, -1)
    ) AS differs
FROM named
LEFT JOIN authors USING (platform, author_id)
WHERE authors.rowid IS NULL OR named.seen_at >= authors.updated_at;

CREATE OR REPLACE TEMP TABLE renamed AS
SELECT platform, author_id
FROM restated
WHERE
    differs
    AND lower(handle) <> lower(coalesce(old_handle, ''))
    AND EXISTS (
        FROM brand_accounts
        WHERE brand_accounts.handle IN (lower(restated.handle), lower(restated.old_handle))
    );

UPDATE authors
SET
    handle = restated.handle,
    name = restated.name,
    follower_count = restated.follower_count,
    updated_at = restated.seen_at
FROM restated
WHERE authors.rowid = restated.row_id AND restated.differs;

INSERT INTO authors BY NAME
SELECT
    platform,
    author_id,
    handle,
    name,
    follower_count,
    seen_at AS first_seen_at,
    seen_at AS updated_at
FROM restated
WHERE row_id IS NULL;
