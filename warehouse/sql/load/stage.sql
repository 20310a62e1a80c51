-- Take a batch of rows into staged_posts.
-- $file: JSON lines with the columns of staged_posts as keys.
INSERT INTO staged_posts BY NAME
SELECT * REPLACE (coalesce(is_deleted, FALSE) AS is_deleted)
FROM read_json(
    $file,
    format = 'newline_delimited',
    maximum_object_size = 67108864,
    columns = {
        seq: 'BIGINT',
        retrieved_at: 'TIMESTAMPTZ',
        platform: 'VARCHAR',
        post_id: 'VARCHAR',
        author_id: 'VARCHAR',
        text: 'VARCHAR',
        created_at: 'TIMESTAMPTZ',
        author_handle: 'VARCHAR',
        author_name: 'VARCHAR',
        permalink: 'VARCHAR',
        reply_to_id: 'VARCHAR',
        root_id: 'VARCHAR',
        repost_of_id: 'VARCHAR',
        quote_of_id: 'VARCHAR',
        lang: 'VARCHAR',
        like_count: 'BIGINT',
        reply_count: 'BIGINT',
        repost_count: 'BIGINT',
        view_count: 'BIGINT',
        follower_count: 'BIGINT',
        edited_at: 'TIMESTAMPTZ',
        is_deleted: 'BOOLEAN'
    }
);
