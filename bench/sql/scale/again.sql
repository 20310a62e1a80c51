-- Stage what was staged before once more.
CREATE OR REPLACE TEMP TABLE staged_posts AS
FROM shown_again;
