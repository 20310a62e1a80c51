-- Take a batch of landing files into staged_landings.
-- $file: JSON lines with the columns of staged_landings as keys.
INSERT INTO staged_landings BY NAME
SELECT *
FROM read_json(
    $file,
    format = 'newline_delimited',
    maximum_object_size = 67108864,
    columns = {
        seq: 'BIGINT',
        path: 'VARCHAR',
        sha256: 'VARCHAR',
        platform: 'VARCHAR',
        brand: 'VARCHAR',
        kind: 'VARCHAR',
        retrieved_at: 'TIMESTAMPTZ',
        post_count: 'BIGINT',
        reject_count: 'BIGINT',
        billed_requests: 'BIGINT',
        billed_posts: 'BIGINT',
        billed_users: 'BIGINT',
        cost_usd: 'DOUBLE',
        topics: 'VARCHAR[]',
        covered: 'STRUCT(start_at TIMESTAMPTZ, end_at TIMESTAMPTZ)[]',
        gaps: 'STRUCT(
            start_at TIMESTAMPTZ, end_at TIMESTAMPTZ, reason VARCHAR, detail VARCHAR,
            is_final BOOLEAN
        )[]',
        root_ids: 'VARCHAR[]',
        checked_at: 'TIMESTAMPTZ'
    }
);
