-- What a load changes: one row per post that it shows, with the values it ends up with.
-- A newer payload wins and an older one fills what is unknown; text goes by its edition.
-- $is_import: the posts come from a file somebody handed in, not from the platform itself.
-- $now: the load's time.

CREATE OR REPLACE TEMP MACRO latest(is_newer, new_value, old_value) AS
CASE WHEN is_newer THEN coalesce(new_value, old_value) ELSE coalesce(old_value, new_value) END;

CREATE OR REPLACE TEMP MACRO differ(one, other) AS one IS DISTINCT FROM other;

CREATE OR REPLACE TEMP TABLE delta AS
WITH present AS ( -- first of all, so that the rest of posts is left alone
    SELECT posts.rowid AS row_id, posts.*
    FROM posts
    SEMI JOIN known ON posts.rowid = known.row_id
),

compared AS (
    SELECT
        shown.*,
        stored.row_id,
        stored,
        greatest(shown.gone_at, stored.deleted_at) AS last_gone_at,
        greatest(shown.shown_at, CASE WHEN stored.deleted_at IS NULL THEN stored.checked_at END)
            AS last_shown_at,
        coalesce(shown.edited_at, '-infinity') AS edition_at,
        coalesce(stored.edited_at, '-infinity') AS stored_edition_at,
        coalesce(last_gone_at >= last_shown_at, last_gone_at IS NOT NULL) AS is_gone,
        CASE
            WHEN stored.row_id IS NULL THEN TRUE
            WHEN stored.checked_at IS NULL THEN shown.retrieved_at >= stored.updated_at
            ELSE coalesce(shown.shown_at >= stored.checked_at, FALSE)
        END AS is_newer,
        CASE
            WHEN stored.text IS NULL THEN TRUE
            WHEN stored.checked_at IS NULL OR $is_import THEN is_newer
            WHEN edition_at = stored_edition_at THEN is_newer
            ELSE edition_at > stored_edition_at
        END AS is_newer_text
    FROM shown
    LEFT JOIN present AS stored USING (platform, post_id)
    WHERE shown.created_at IS NOT NULL OR stored.row_id IS NOT NULL
),

merged AS (
    SELECT
        platform,
        post_id,
        row_id,
        stored,
        CASE WHEN is_gone THEN NULL ELSE latest(is_newer_text, text, stored.text) END AS text,
        CASE WHEN is_gone THEN NULL ELSE latest(is_newer, author_id, stored.author_id) END
            AS author_id,
        CASE
            WHEN $is_import AND is_newer AND stored.text <> text THEN $now
            WHEN is_newer_text AND NOT $is_import THEN edited_at
            ELSE stored.edited_at
        END AS edited_at,
        latest(is_newer, created_at, stored.created_at) AS created_at,
        latest(is_newer, permalink, stored.permalink) AS permalink,
        latest(is_newer, reply_to_id, stored.reply_to_id) AS reply_to_id,
        latest(is_newer, root_id, stored.root_id) AS root_id,
        latest(is_newer, repost_of_id, stored.repost_of_id) AS repost_of_id,
        latest(is_newer, quote_of_id, stored.quote_of_id) AS quote_of_id,
        latest(is_newer, lang, stored.lang) AS lang,
        latest(is_newer, like_count, stored.like_count) AS like_count,
        latest(is_newer, reply_count, stored.reply_count) AS reply_count,
        latest(is_newer, repost_count, stored.repost_count) AS repost_count,
        latest(is_newer, view_count, stored.view_count) AS view_count,
        coalesce(stored.first_seen_at, retrieved_at) AS first_seen_at,
        greatest(stored.checked_at, shown_at, gone_at) AS checked_at,
        CASE WHEN is_gone THEN last_gone_at END AS deleted_at
    FROM compared
)

SELECT
    merged.* EXCLUDE (stored),
    stored.checked_at AS stored_checked_at,
    stored.thread_id AS stored_thread_id,
    row_id IS NULL AS is_new,
    is_new OR differ(text, stored.text) AS has_new_text,
    is_new
    OR differ(root_id, stored.root_id)
    OR differ(reply_to_id, stored.reply_to_id)
    OR differ(quote_of_id, stored.quote_of_id) AS has_new_place,
    has_new_text
    OR has_new_place
    OR differ(author_id, stored.author_id)
    OR differ(created_at, stored.created_at)
    OR differ(repost_of_id, stored.repost_of_id)
    OR differ(deleted_at, stored.deleted_at) AS has_changed,
    has_changed
    OR differ(edited_at, stored.edited_at)
    OR differ(permalink, stored.permalink)
    OR differ(lang, stored.lang) AS says_else,
    says_else
    OR differ(like_count, stored.like_count)
    OR differ(reply_count, stored.reply_count)
    OR differ(repost_count, stored.repost_count)
    OR differ(view_count, stored.view_count) AS differs
FROM merged;
