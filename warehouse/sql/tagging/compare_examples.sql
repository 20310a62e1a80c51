-- The newest posts of which two models say different things, of the table `compared`.
-- grain: one row per tag and post; $most: per tag
SELECT compared.tag, compared.was, compared.became, posts.text
FROM compared
INNER JOIN posts ON compared.platform = posts.platform AND compared.post_id = posts.post_id
WHERE compared.was <> compared.became AND posts.text IS NOT NULL
QUALIFY
    row_number() OVER (
        PARTITION BY compared.tag ORDER BY posts.created_at DESC, posts.platform, posts.post_id
    ) <= $most
ORDER BY compared.tag, posts.created_at DESC, posts.platform, posts.post_id;
