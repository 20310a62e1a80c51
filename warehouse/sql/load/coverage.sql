-- Enter a stretch that was read without a hole, the same for every topic of a landing file.
INSERT INTO coverage (brand, topic, platform, start_at, end_at, loaded_at)
SELECT $brand, unnest($topics) AS topic, $platform, $start_at, $end_at, $now;
