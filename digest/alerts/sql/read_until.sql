-- How far a brand has been read, not beyond now.
-- grain: one row; NULL where nothing was ever read
-- parameters: $brand, $now (UTC)
SELECT max(least(end_at, $now::TIMESTAMPTZ)) AS read_until_at
FROM coverage
WHERE brand = $brand AND start_at < $now::TIMESTAMPTZ;
