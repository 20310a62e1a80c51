-- Take a batch of input that cannot be used. $file: JSON lines with the columns of rejects as keys.
INSERT INTO rejects BY NAME
SELECT *
FROM read_json(
    $file,
    format = 'newline_delimited',
    columns = {
        file: 'VARCHAR',
        line: 'BIGINT',
        reason: 'VARCHAR',
        raw: 'VARCHAR',
        rejected_at: 'TIMESTAMPTZ'
    }
);
