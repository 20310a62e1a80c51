-- Stage scale_posts as a load would have them. $since: those from then on; $now: when they were read.
CREATE OR REPLACE TEMP TABLE staged_posts AS
SELECT
    * EXCLUDE (brand, step, is_company),
    row_number() OVER () AS seq,
    author_handle AS author_id,
    author_handle AS author_name,
    NULL::varchar AS quote_of_id,
    NULL::bigint AS reply_count,
    NULL::bigint AS follower_count,
    NULL::timestamptz AS edited_at,
    FALSE AS is_deleted,
    $now::timestamptz AS retrieved_at
FROM scale_posts
WHERE created_at >= $since;
