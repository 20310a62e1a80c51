-- A thread: who said what in which role; the posts of this case first where it is too long.
-- $brand, $platform, $thread_id, $head_id (the case), $asker_id (may be NULL), $longest (posts)
WITH thread AS (
    SELECT
        post_id,
        author_id,
        text,
        created_at,
        permalink,
        parent_id,
        repost_of_id,
        edited_at,
        deleted_at
    FROM posts
    WHERE platform = $platform AND thread_id = $thread_id
),

replied AS (
    SELECT post_id, role, reply_kind, signature, is_answer, is_helpful, head_id
    FROM replies
    WHERE brand = $brand AND platform = $platform AND thread_id = $thread_id
    QUALIFY row_number() OVER (PARTITION BY post_id ORDER BY head_id = $head_id DESC, head_id) = 1
),

mentioned AS (
    SELECT post_id, author_role, status, needs_answer
    FROM answers
    WHERE brand = $brand AND platform = $platform AND thread_id = $thread_id
),

people AS (
    SELECT role, handle, min(platform) AS on_platform
    FROM brand_accounts
    WHERE brand = $brand AND (platform IS NULL OR platform = $platform)
    GROUP BY ALL
),

reread AS (
    SELECT post_id, arg_max(value, acted_at) AS reply_kind
    FROM acts
    WHERE platform = $platform AND action = 'correct' AND field = 'reply_kind'
    GROUP BY ALL
),

shown AS (
    SELECT
        thread.*,
        authors.handle AS author_handle,
        authors.name AS author_name,
        authors.follower_count,
        parent_author.handle AS parent_handle,
        CASE
            WHEN thread.author_id = $asker_id THEN 'asker'
            ELSE coalesce(replied.role, mentioned.author_role, people.role, 'community')
        END AS role,
        coalesce(reread.reply_kind, replied.reply_kind) AS reply_kind,
        reread.reply_kind IS NOT NULL AS is_reread,
        coalesce(replied.is_answer, false) AS is_answer,
        coalesce(replied.is_helpful, false) AS is_helpful,
        replied.signature,
        thread.post_id = $head_id OR coalesce(replied.head_id = $head_id, false) AS is_of_case,
        count(*) OVER () AS post_count
    FROM thread
    LEFT JOIN replied USING (post_id)
    LEFT JOIN mentioned USING (post_id)
    LEFT JOIN reread USING (post_id)
    LEFT JOIN authors
        ON authors.platform = $platform AND thread.author_id = authors.author_id
    LEFT JOIN people ON lower(authors.handle) = people.handle
    LEFT JOIN thread AS parent ON thread.parent_id = parent.post_id
    LEFT JOIN authors AS parent_author
        ON parent_author.platform = $platform AND parent.author_id = parent_author.author_id
    ORDER BY is_of_case DESC, thread.created_at, thread.post_id
    LIMIT $longest
)

SELECT *
FROM shown
ORDER BY created_at, post_id;
