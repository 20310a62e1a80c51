-- Put scale_posts and scale_tags into the tables, as a load and the tagging would have left them.
INSERT INTO posts BY NAME
SELECT
    * EXCLUDE (brand, step, is_company, author_handle),
    author_handle AS author_id,
    coalesce(root_id, post_id) AS thread_id,
    reply_to_id AS parent_id,
    created_at + INTERVAL 5 MINUTES AS first_seen_at,
    created_at + INTERVAL 5 MINUTES AS updated_at,
    created_at + INTERVAL 5 MINUTES AS checked_at
FROM scale_posts
ORDER BY created_at;

INSERT INTO authors BY NAME
SELECT
    platform,
    author_handle AS author_id,
    author_handle AS handle,
    author_handle AS name,
    (hash(author_handle) % 3000)::BIGINT AS follower_count,
    min(created_at) AS first_seen_at,
    max(created_at) AS updated_at
FROM scale_posts
GROUP BY ALL;

INSERT INTO tags BY NAME
SELECT scale_tags.*, scale_posts.created_at + INTERVAL 10 MINUTES AS tagged_at
FROM scale_tags
INNER JOIN scale_posts USING (platform, post_id)
ORDER BY scale_posts.created_at;

INSERT INTO model_runs
SELECT
    $model AS model,
    min(tagged_at) AS first_used_at,
    max(tagged_at) AS last_used_at,
    count(*) AS post_count
FROM tags;
