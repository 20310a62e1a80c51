-- severity: fail
-- Mentions that nobody has worked out an answer's state for, and nobody is going to.
-- grain: one row per mention
-- parameters: none
SELECT mentions.brand, mentions.platform, mentions.post_id, posts.thread_id
FROM mentions
INNER JOIN posts USING (platform, post_id)
SEMI JOIN brands ON mentions.brand = brands.brand
ANTI JOIN answers
    ON
        mentions.brand = answers.brand
        AND mentions.platform = answers.platform
        AND mentions.post_id = answers.post_id
ANTI JOIN dirty_threads
    ON posts.platform = dirty_threads.platform AND posts.thread_id = dirty_threads.thread_id
ORDER BY mentions.brand, mentions.platform, mentions.post_id;
