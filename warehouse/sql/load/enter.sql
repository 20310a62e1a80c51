-- Enter the landing files of a load into the ledger: the files, what reading them cost, what they
-- cover, what they miss, and up to when conversations have been read. $now: the load's time.

INSERT INTO landings
(path, sha256, platform, brand, kind, post_count, reject_count, loaded_at)
SELECT path, sha256, platform, brand, kind, post_count, reject_count, $now
FROM staged_landings;

INSERT INTO usage
(platform, brand, kind, used_at, request_count, post_count, user_count, cost_usd)
SELECT
    platform, brand, kind, retrieved_at, billed_requests, billed_posts, billed_users, cost_usd
FROM staged_landings;

INSERT INTO coverage (brand, topic, platform, start_at, end_at, loaded_at)
WITH stretches AS (
    SELECT brand, platform, topics, unnest(covered) AS stretch
    FROM staged_landings
    WHERE kind IN ('search', 'own')
)

SELECT brand, unnest(topics) AS topic, platform, stretch.start_at, stretch.end_at, $now
FROM stretches;

-- A gap that another try may close is forgotten when a later try names a stretch around it; the
-- same gap found again is the same gap.
CREATE OR REPLACE TEMP TABLE staged_gaps AS
WITH by_topic AS (
    SELECT seq, brand, platform, gaps, unnest(topics) AS topic
    FROM staged_landings
    WHERE kind IN ('search', 'own') AND gaps <> []
),

listed AS (
    SELECT seq, brand, platform, topic, unnest(gaps) AS gap
    FROM by_topic
)

SELECT
    brand,
    platform,
    topic,
    gap.start_at,
    gap.end_at,
    gap.reason,
    gap.detail,
    gap.is_final,
    row_number() OVER (ORDER BY seq) AS gap_no
FROM listed;

CREATE OR REPLACE TEMP MACRO replaces(new, old) AS
old.brand = new.brand
AND old.topic = new.topic
AND old.platform = new.platform
AND (
    (NOT old.is_final AND old.start_at >= new.start_at AND old.end_at <= new.end_at)
    OR (old.start_at = new.start_at AND old.end_at = new.end_at)
);

DELETE FROM gaps
USING staged_gaps
WHERE replaces(staged_gaps, gaps);

INSERT INTO gaps (brand, topic, platform, start_at, end_at, reason, detail, is_final, found_at)
SELECT brand, topic, platform, start_at, end_at, reason, detail, is_final, $now
FROM staged_gaps
WHERE
    NOT EXISTS (
        FROM staged_gaps AS later
        WHERE later.gap_no > staged_gaps.gap_no AND replaces(later, staged_gaps)
    )
ORDER BY gap_no;

-- The newest reading of a conversation counts.
CREATE OR REPLACE TEMP TABLE staged_checks AS
WITH listed AS (
    SELECT platform, brand, unnest(root_ids) AS root_id, checked_at
    FROM staged_landings
    WHERE kind = 'thread' AND checked_at IS NOT NULL
)

SELECT platform, brand, root_id, max(checked_at) AS checked_at
FROM listed
GROUP BY ALL;

MERGE INTO thread_checks
USING staged_checks
    ON
        thread_checks.platform = staged_checks.platform
        AND thread_checks.brand = staged_checks.brand
        AND thread_checks.root_id = staged_checks.root_id
WHEN MATCHED AND staged_checks.checked_at > thread_checks.checked_at THEN
    UPDATE SET checked_at = staged_checks.checked_at
WHEN NOT MATCHED THEN
    INSERT (platform, brand, root_id, checked_at)
    VALUES (
        staged_checks.platform,
        staged_checks.brand,
        staged_checks.root_id,
        staged_checks.checked_at
    );
