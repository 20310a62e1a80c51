-- How many replies send the customer elsewhere, and what became of the matter.
-- grain: one row per brand and role
-- parameters: $brand (NULL = all); $since, $until (UTC, half-open, when it was replied)
-- A reply in several parts counts once, as an answer where one of them answers. No further word:
-- the asker said nothing in public after it. Canned: the same wording at least five times.
-- keys: reply.role, coalesce(reply.part_of_id, reply.post_id) AS reply_id
-- join: INNER JOIN replies AS reply ON mention.brand = reply.brand AND mention.platform =
--   reply.platform AND mention.post_id = reply.head_id
-- cases: reply.replied_at >= $since AND reply.replied_at < $until AND reply.role IN ('own',
--   'agency', 'marketing') AND reply.reply_kind = 'deflect' AND NOT EXISTS (FROM replies AS
--   part WHERE part.brand = reply.brand AND part.platform = reply.platform AND part.head_id =
--   reply.head_id AND coalesce(part.part_of_id, part.post_id) = coalesce(reply.part_of_id,
--   reply.post_id) AND part.is_answer)
WITH reply AS (
    SELECT
        brand,
        platform,
        role,
        head_id,
        max(replied_at) AS replied_at,
        bool_or(is_answer) AS is_answer,
        bool_or(reply_kind = 'deflect') AS is_deflecting,
        bool_or(moved_private) AS moved_private,
        any_value(text_key) AS text_key
    FROM replies
    WHERE
        ($brand IS NULL OR brand = $brand)
        AND replied_at >= $since
        AND replied_at < $until
        AND role IN ('own', 'agency', 'marketing')
    GROUP BY brand, platform, role, head_id, coalesce(part_of_id, post_id)
),

wording AS (
    SELECT brand, text_key, count(*) AS use_count
    FROM reply
    WHERE text_key IS NOT NULL
    GROUP BY ALL
),

asker_end AS (
    SELECT brand, platform, head_id, max(replied_at) AS last_word_at
    FROM replies
    WHERE ($brand IS NULL OR brand = $brand) AND role = 'asker' AND replied_at >= $since
    GROUP BY ALL
),

judged AS (
    SELECT
        reply.*,
        reply.is_deflecting AND NOT reply.is_answer AS is_deflection,
        coalesce(asker_end.last_word_at <= reply.replied_at, true) AS is_last_word,
        coalesce(wording.use_count >= 5, false) AS is_canned
    FROM reply
    LEFT JOIN asker_end USING (brand, platform, head_id)
    LEFT JOIN wording USING (brand, text_key)
)

SELECT
    brand,
    role,
    count(*) AS reply_count,
    count(*) FILTER (WHERE is_deflection) AS deflection_count,
    round(100.0 * count(*) FILTER (WHERE is_deflection) / count(*), 2) AS deflection_pct,
    count(*) FILTER (WHERE is_deflection AND moved_private) AS moved_private_count,
    count(*) FILTER (WHERE moved_private AND is_answer) AS moved_rightly_count,
    count(*) FILTER (WHERE is_deflection AND is_canned) AS canned_count,
    round(
        100.0 * count(*) FILTER (WHERE is_deflection AND is_last_word)
        / nullif(count(*) FILTER (WHERE is_deflection), 0), 1
    ) AS no_further_word_pct
FROM judged
GROUP BY ALL
ORDER BY brand, deflection_count DESC, role;
