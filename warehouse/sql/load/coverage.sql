-- Enter stretches that were read without a hole, the same for every topic of a landing file.
INSERT INTO coverage BY NAME
SELECT
    $brand AS brand,
    unnest($topics) AS topic,
    $platform AS platform,
    $start_at AS start_at,
    $end_at AS end_at,
    $now AS loaded_at;
