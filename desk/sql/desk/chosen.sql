-- The mentions of a list that pass its filters, what hurts most first.
-- grain: one row per mention, its place and where it stands in `desk`: sorting whole rows is slow
-- allowed: brands, NULL = all; '' = any; by_owner: '-' = nobody
CREATE OR REPLACE TEMP MACRO chosen(
    allowed, me, in_list, in_brand, on_platform, in_status, for_reason, in_lang, by_owner
) AS TABLE (
    SELECT
        rowid AS row_id,
        brand,
        platform,
        post_id,
        row_number() OVER (
            ORDER BY
                CASE in_list WHEN 'done' THEN -epoch(coalesce(done_at, created_at)) END,
                CASE in_list WHEN 'listen' THEN -epoch(created_at) END,
                CASE in_list WHEN 'snoozed' THEN epoch(snoozed_until_at) END,
                hurt_points DESC,
                opened_at,
                brand,
                platform,
                post_id
        ) AS place
    FROM desk
    WHERE
        (allowed IS NULL OR list_contains(allowed, brand))
        AND (
            list_contains(lists, in_list)
            OR (in_list = 'mine' AND list_contains(lists, 'open') AND assigned_to = me)
        )
        AND (in_brand = '' OR brand = in_brand)
        AND (on_platform = '' OR platform = on_platform)
        AND (in_status = '' OR status = in_status)
        AND (for_reason = '' OR list_contains(reasons, for_reason))
        AND (in_lang = '' OR lang = in_lang)
        AND (
            by_owner = ''
            OR (by_owner = '-' AND taken_by IS NULL)
            OR taken_by = by_owner
            OR team = by_owner
        )
);
