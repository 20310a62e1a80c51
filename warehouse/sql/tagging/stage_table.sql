-- Tags as files bring them; one row per line.
CREATE OR REPLACE TEMP TABLE staged_tags AS
SELECT *, 0::BIGINT AS seq FROM tags WHERE FALSE;
