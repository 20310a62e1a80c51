-- Take a batch of tags. $file: JSON lines with the columns of staged_tags as keys.
INSERT INTO staged_tags BY NAME
SELECT *
FROM read_json(
    $file,
    format = 'newline_delimited',
    columns = {
        seq: 'BIGINT',
        platform: 'VARCHAR',
        post_id: 'VARCHAR',
        model: 'VARCHAR',
        text_hash: 'VARCHAR',
        lang: 'VARCHAR',
        sentiment: 'VARCHAR',
        negative_score: 'DOUBLE',
        neutral_score: 'DOUBLE',
        positive_score: 'DOUBLE',
        complaint: 'BOOLEAN',
        question: 'BOOLEAN',
        praise: 'BOOLEAN',
        urgent: 'BOOLEAN',
        settled: 'BOOLEAN',
        complaint_score: 'DOUBLE',
        question_score: 'DOUBLE',
        praise_score: 'DOUBLE',
        urgent_score: 'DOUBLE',
        private_data: 'VARCHAR[]',
        spill_over: 'VARCHAR[]',
        topics: 'VARCHAR[]',
        reply_kind: 'VARCHAR',
        tagged_at: 'TIMESTAMPTZ'
    }
);
