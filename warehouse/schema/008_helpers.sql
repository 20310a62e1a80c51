-- Members whose answers helped a brand's customers, kept by update_answers: all that `replies` says
-- of them, so that nobody has to read the replies of all time. A hundred make a super-user.
CREATE TABLE helpers (
    brand VARCHAR NOT NULL,
    platform VARCHAR NOT NULL,
    author_id VARCHAR NOT NULL,
    helpful_count BIGINT NOT NULL,      -- helpful answers, parts of one counted once
    is_superuser BOOLEAN NOT NULL,      -- counted as one in some thread: earned, or listed
    last_answer_at TIMESTAMPTZ NOT NULL
);
INSERT INTO helpers BY NAME
SELECT
    brand,
    platform,
    author_id,
    count(DISTINCT coalesce(part_of_id, post_id)) FILTER (WHERE is_helpful) AS helpful_count,
    bool_or(role = 'superuser') AS is_superuser,
    max(replied_at) AS last_answer_at
FROM replies
WHERE is_answer AND role IN ('superuser', 'community') AND author_id IS NOT NULL
GROUP BY ALL
HAVING helpful_count > 0;
DROP TABLE IF EXISTS superusers;

COMMENT ON TABLE helpers IS 'Members whose answers helped a brand''s customers.';
COMMENT ON COLUMN helpers.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN helpers.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN helpers.author_id IS 'The member''s account';
COMMENT ON COLUMN helpers.helpful_count IS 'Helpful answers; from 100 on a super-user';
COMMENT ON COLUMN helpers.is_superuser IS 'By helpful answers, or listed in the watch-list';
COMMENT ON COLUMN helpers.last_answer_at IS 'The last answer, helpful or not, UTC';
