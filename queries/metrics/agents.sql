-- What each agent did, by the initials at the end of the replies.
-- grain: one row per brand, role and signature (NULL = not signed), the busiest first
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it was replied)
-- A reply in several parts counts once. Reaction: since the asker's last word before it.
-- keys: reply.role, reply.signature, coalesce(reply.part_of_id, reply.post_id) AS reply_id
-- join: INNER JOIN replies AS reply ON mention.brand = reply.brand AND mention.platform =
--   reply.platform AND mention.post_id = reply.head_id
-- cases: reply.replied_at >= $since AND reply.replied_at < $until AND reply.role IN ('own',
--   'agency', 'marketing')
WITH reply AS (
    SELECT
        brand,
        role,
        signature,
        bool_or(is_answer) AS is_answer,
        bool_or(is_helpful) AS is_helpful,
        bool_or(reply_kind = 'deflect') AND NOT bool_or(is_answer) AS is_deflection,
        min(reaction_seconds) AS reaction_seconds,
        min(reaction_open_seconds) AS reaction_open_seconds,
        any_value(head_id) AS head_id
    FROM replies
    WHERE
        ($brand IS NULL OR brand = $brand)
        AND replied_at >= $since
        AND replied_at < $until
        AND role IN ('own', 'agency', 'marketing')
    GROUP BY brand, platform, role, signature, head_id, coalesce(part_of_id, post_id)
)

SELECT
    brand,
    role,
    signature,
    count(*) AS reply_count,
    count(DISTINCT head_id) AS case_count,
    count(*) FILTER (WHERE is_answer) AS answer_count,
    round(100.0 * count(*) FILTER (WHERE is_answer) / count(*), 1) AS answer_pct,
    round(100.0 * count(*) FILTER (WHERE is_deflection) / count(*), 1) AS deflection_pct,
    count(*) FILTER (WHERE is_helpful) AS thanked_count,
    median(reaction_seconds) AS reaction_median_seconds,
    median(reaction_open_seconds) AS reaction_median_open_seconds
FROM reply
GROUP BY ALL
ORDER BY brand, reply_count DESC, role, signature;
