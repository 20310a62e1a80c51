-- The mentions behind a metric, newest first. Its own `keys`, `join` and `cases` take the places of
-- the comments; parameters are those of the metric and $brand (NULL = all).
SELECT DISTINCT
    mention.brand,
    mention.platform,
    /* keys */
    mention.post_id,
    mention.created_at,
    mention.author_handle,
    mention.text,
    mention.status,
    mention.answered_by,
    mention.reasons,
    mention.permalink
FROM mention_status AS mention
/* join */
WHERE
    ($brand IS NULL OR mention.brand = $brand)
    AND (true /* cases */)
ORDER BY mention.created_at DESC, mention.platform, mention.post_id;
