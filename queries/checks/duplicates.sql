-- severity: fail
-- What is stored more than once. There are no primary keys: the one writer keeps keys unique.
-- grain: one row per table and key that more than one row has
-- parameters: none
WITH keys AS (
    SELECT 'posts' AS stored_in, [platform, post_id] AS key_values FROM posts
    UNION ALL
    SELECT 'authors' AS stored_in, [platform, author_id] AS key_values FROM authors
    UNION ALL
    SELECT 'mentions' AS stored_in, [brand, platform, post_id] AS key_values FROM mentions
    UNION ALL
    SELECT 'tags' AS stored_in, [platform, post_id, model] AS key_values FROM tags
    UNION ALL
    SELECT 'answers' AS stored_in, [brand, platform, post_id] AS key_values FROM answers
    UNION ALL
    SELECT 'replies' AS stored_in, [brand, platform, head_id, post_id] AS key_values FROM replies
    UNION ALL
    SELECT 'landings' AS stored_in, [path] AS key_values FROM landings
    UNION ALL
    SELECT 'digests' AS stored_in, [brand, digest_date::VARCHAR, recipient] AS key_values
    FROM digests
)

SELECT stored_in, key_values, count(*) AS row_count
FROM keys
GROUP BY stored_in, key_values
HAVING count(*) > 1
ORDER BY stored_in, key_values;
