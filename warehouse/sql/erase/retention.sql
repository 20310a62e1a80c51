-- Removes texts that are older than every brand concerned keeps them; the numbers stay. A brand is
-- concerned with the threads of its mentions; threads of nobody are kept as long as the longest.
CREATE OR REPLACE TEMP TABLE outdated AS
WITH limits AS (
    SELECT min(retention_seconds) AS shortest, max(retention_seconds) AS longest
    FROM brands
),

candidates AS (
    SELECT posts.platform, posts.post_id, posts.thread_id, posts.created_at, limits.longest
    FROM posts
    CROSS JOIN limits
    WHERE posts.text IS NOT NULL AND posts.created_at < $now - to_seconds(limits.shortest)
),

kept AS (
    SELECT thread_posts.platform, thread_posts.thread_id, max(brands.retention_seconds) AS seconds
    FROM posts AS thread_posts
    SEMI JOIN candidates
        ON
            thread_posts.platform = candidates.platform
            AND thread_posts.thread_id = candidates.thread_id
    INNER JOIN mentions
        ON
            thread_posts.platform = mentions.platform
            AND thread_posts.post_id = mentions.post_id
    INNER JOIN brands ON mentions.brand = brands.brand
    GROUP BY ALL
)

SELECT candidates.platform, candidates.post_id
FROM candidates
LEFT JOIN kept USING (platform, thread_id)
WHERE candidates.created_at < $now - to_seconds(coalesce(kept.seconds, candidates.longest));

INSERT INTO tombstones BY NAME
SELECT platform, post_id, NULL AS author_hash, 'retention' AS reason, $now AS created_at
FROM outdated;

UPDATE posts SET text = NULL, updated_at = $now
FROM outdated
WHERE posts.platform = outdated.platform AND posts.post_id = outdated.post_id;

UPDATE answers SET text = NULL, updated_at = $now
FROM outdated
WHERE answers.platform = outdated.platform AND answers.post_id = outdated.post_id;

DELETE FROM tag_queue USING outdated
WHERE tag_queue.platform = outdated.platform AND tag_queue.post_id = outdated.post_id;

DELETE FROM rejects
WHERE rejected_at < $now - (SELECT to_seconds(max(retention_seconds)) FROM brands);

SELECT count(*) FROM outdated;
