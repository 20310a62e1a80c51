-- What the lists are made of, taken once from a fresh copy: a mention that waits, and what was
-- lately put aside, done, shows private data or is only worth listening to.
-- $since, $heard_since (UTC): how far back what does not wait is shown.
CREATE OR REPLACE TEMP TABLE taken AS
SELECT *
FROM mention_status
WHERE
    is_open
    OR (
        status <> 'deleted'
        AND NOT is_repost
        AND author_role IN ('community', 'superuser')
        AND (
            (created_at >= $heard_since AND NOT needs_answer AND follows_id IS NULL)
            OR (created_at >= $since AND len(private_data) > 0)
            OR done_at >= $since
        )
    );
