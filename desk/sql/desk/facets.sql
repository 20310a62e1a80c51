-- What a list can be filtered by: kind of filter, choice, and how many mentions it would show.
-- $allowed (NULL = all), $me, $list
WITH mentions AS (
    SELECT brand, platform, status, reasons, lang, assigned_to
    FROM desk
    WHERE
        ($allowed IS NULL OR list_contains($allowed, brand))
        AND (
            list_contains(lists, $list)
            OR ($list = 'mine' AND list_contains(lists, 'open') AND assigned_to = $me)
        )
)

SELECT 'brand' AS facet, brand AS choice, count(*) AS mention_count
FROM mentions
GROUP BY ALL
UNION ALL
SELECT 'platform', platform, count(*) FROM mentions GROUP BY ALL
UNION ALL
SELECT 'status', status, count(*) FROM mentions GROUP BY ALL
UNION ALL
SELECT 'reason', reason, count(*)
FROM (SELECT unnest(reasons) AS reason FROM mentions) AS whys
GROUP BY ALL
UNION ALL
SELECT 'lang', lang, count(*) FROM mentions WHERE lang IS NOT NULL GROUP BY ALL
UNION ALL
SELECT 'owner', coalesce(assigned_to, '-'), count(*) FROM mentions GROUP BY ALL
ORDER BY facet, mention_count DESC, choice;
