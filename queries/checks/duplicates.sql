-- severity: fail
-- What is stored more than once. There are no primary keys: the one writer keeps keys unique.
-- grain: one row per table and key that more than one row has
-- parameters: none
SELECT 'posts' AS stored_in, [platform, post_id] AS key_values, count(*) AS row_count
FROM posts
GROUP BY platform, post_id
HAVING count(*) > 1
UNION ALL
SELECT 'authors' AS stored_in, [platform, author_id] AS key_values, count(*) AS row_count
FROM authors
GROUP BY platform, author_id
HAVING count(*) > 1
UNION ALL
SELECT 'mentions' AS stored_in, [brand, platform, post_id] AS key_values, count(*) AS row_count
FROM mentions
GROUP BY brand, platform, post_id
HAVING count(*) > 1
UNION ALL
SELECT 'tags' AS stored_in, [platform, post_id, model] AS key_values, count(*) AS row_count
FROM tags
GROUP BY platform, post_id, model
HAVING count(*) > 1
UNION ALL
SELECT 'answers' AS stored_in, [brand, platform, post_id] AS key_values, count(*) AS row_count
FROM answers
GROUP BY brand, platform, post_id
HAVING count(*) > 1
UNION ALL
SELECT
    'replies' AS stored_in, [brand, platform, head_id, post_id] AS key_values, count(*) AS row_count
FROM replies
GROUP BY brand, platform, head_id, post_id
HAVING count(*) > 1
UNION ALL
SELECT 'landings' AS stored_in, [path] AS key_values, count(*) AS row_count
FROM landings
GROUP BY path
HAVING count(*) > 1
UNION ALL
SELECT
    'digests' AS stored_in,
    [brand, digest_date::VARCHAR, recipient] AS key_values,
    count(*) AS row_count
FROM digests
GROUP BY brand, digest_date, recipient
HAVING count(*) > 1
ORDER BY stored_in, key_values;
