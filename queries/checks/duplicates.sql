-- severity: fail
-- What is stored more than once. There are no primary keys: the one writer keeps keys unique.
-- grain: one row per table and key that more than one row has
-- parameters: none
WITH keys AS (
    SELECT 'posts' AS stored_in, [platform, post_id] AS key_values FROM posts
    UNION ALL
    SELECT 'authors', [platform, author_id] FROM authors
    UNION ALL
    SELECT 'mentions', [brand, platform, post_id] FROM mentions
    UNION ALL
    SELECT 'tags', [platform, post_id, model] FROM tags
    UNION ALL
    SELECT 'answers', [brand, platform, post_id] FROM answers
    UNION ALL
    SELECT 'replies', [brand, platform, head_id, post_id] FROM replies
    UNION ALL
    SELECT 'landings', [path] FROM landings
    UNION ALL
    SELECT 'digests', [brand, digest_date::VARCHAR, recipient] FROM digests
)
SELECT stored_in, key_values, count(*) AS row_count
FROM keys
GROUP BY stored_in, key_values
HAVING count(*) > 1
ORDER BY stored_in, key_values;
