-- What a list can be filtered by: kind of filter, choice, and how many mentions it would show.
-- $allowed (NULL = all), $me, $list
WITH mentions AS (
    SELECT brand, platform, status, reasons, lang, team, taken_by, assigned_to
    FROM desk
    WHERE
        ($allowed IS NULL OR list_contains($allowed, brand))
        AND (
            list_contains(lists, $list)
            OR ($list = 'mine' AND list_contains(lists, 'open') AND assigned_to = $me)
        )
)

SELECT facet, choice, count(*) AS mention_count
FROM (
    SELECT 'brand' AS facet, brand AS choice FROM mentions
    UNION ALL
    SELECT 'platform' AS facet, platform AS choice FROM mentions
    UNION ALL
    SELECT 'status' AS facet, status AS choice FROM mentions
    UNION ALL
    SELECT 'reason' AS facet, unnest(reasons) AS choice FROM mentions
    UNION ALL
    SELECT 'lang' AS facet, lang AS choice FROM mentions WHERE lang IS NOT NULL
    UNION ALL
    SELECT 'owner' AS facet, team AS choice FROM mentions
    UNION ALL
    SELECT 'owner' AS facet, coalesce(taken_by, '-') AS choice FROM mentions
) AS choices
GROUP BY facet, choice
ORDER BY facet, mention_count DESC, choice;
