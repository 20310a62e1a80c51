-- The mentions of `work` as they are at $now (UTC).
-- Table: a page asks it several times, and planning this takes longer than running it.
CREATE OR REPLACE TEMP TABLE desk AS
FROM desk_rows('work', $now::TIMESTAMPTZ);
