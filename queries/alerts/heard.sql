-- What customers said lately, one mention a row, with what alerts are judged by.
-- grain: one row per mention by a customer, posted in [since, until) and seen within two hours
-- parameters: $brand, $since, $until (UTC)
-- reach: followers, or views where those are more. A post that was collected late does not count.
SELECT
    mention_status.created_at,
    mention_status.platform,
    mention_status.post_id,
    mention_status.platform || ':' || coalesce(mention_status.author_id, mention_status.post_id)
        AS who,
    coalesce(mention_status.complaint, FALSE) AS is_complaint,
    mention_status.spill_over,
    mention_status.is_open,
    greatest(coalesce(mention_status.follower_count, 0), coalesce(mention_status.view_count, 0))
        AS reach_count,
    mention_status.hurt_score
FROM mention_status
INNER JOIN mentions
    ON
        mention_status.brand = mentions.brand
        AND mention_status.platform = mentions.platform
        AND mention_status.post_id = mentions.post_id
WHERE
    mention_status.brand = $brand
    AND mention_status.created_at >= $since::TIMESTAMPTZ
    AND mention_status.created_at < $until::TIMESTAMPTZ
    AND mentions.first_seen_at >= $since::TIMESTAMPTZ -- skips what is older
    AND mentions.first_seen_at <= mention_status.created_at + INTERVAL 2 HOUR
    AND NOT mention_status.is_repost
    AND mention_status.author_role IN ('community', 'superuser')
    AND mention_status.status <> 'deleted'
ORDER BY mention_status.created_at, mention_status.platform, mention_status.post_id;
