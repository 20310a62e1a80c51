-- Names of the authors a load shows; the newest name wins, an unknown one changes nothing.
-- Leaves `renamed`: authors who were stored before under another handle, one of them in the
-- watch-list, so that their part in their threads changes.

CREATE OR REPLACE TEMP TABLE named AS
SELECT
    platform,
    author_id,
    arg_max(author_handle, retrieved_at) AS handle,
    arg_max(author_name, retrieved_at) AS name,
    arg_max(follower_count, retrieved_at) AS follower_count,
    max(retrieved_at) AS seen_at
FROM shown
WHERE author_id IS NOT NULL
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE renamed AS
SELECT authors.platform, authors.author_id
FROM authors
INNER JOIN named ON authors.platform = named.platform AND authors.author_id = named.author_id
WHERE
    named.seen_at >= authors.updated_at
    AND lower(named.handle) <> lower(coalesce(authors.handle, ''))
    AND EXISTS (
        FROM brand_accounts
        WHERE brand_accounts.handle IN (lower(named.handle), lower(authors.handle))
    );

MERGE INTO authors
USING named
    ON authors.platform = named.platform AND authors.author_id = named.author_id
WHEN MATCHED
AND named.seen_at >= authors.updated_at
AND (
    named.handle <> coalesce(authors.handle, '')
    OR named.name <> coalesce(authors.name, '')
    OR named.follower_count <> coalesce(authors.follower_count, -1)
) THEN
    UPDATE
        SET
            handle = coalesce(named.handle, authors.handle),
            name = coalesce(named.name, authors.name),
            follower_count = coalesce(named.follower_count, authors.follower_count),
            updated_at = named.seen_at
WHEN NOT MATCHED THEN INSERT
    (platform, author_id, handle, name, follower_count, first_seen_at, updated_at)
VALUES (
    named.platform, named.author_id, named.handle, named.name, named.follower_count,
    named.seen_at, named.seen_at
);
