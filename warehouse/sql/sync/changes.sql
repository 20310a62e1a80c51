-- What differs between the watch-list and its tables: one row per brand and part of it.
-- Parts: terms (what is a mention), rules (what becomes of it), range (office hours of more
-- years), label (all else), removed.
CREATE OR REPLACE TEMP TABLE watchlist_changes AS
WITH hours AS (
    SELECT *, TRUE AS is_wanted FROM wanted_hours
    UNION ALL
    SELECT *, FALSE AS is_wanted FROM office_hours
),

ranges AS (
    SELECT
        brand,
        min(opens_at) FILTER (WHERE is_wanted) AS wanted_start,
        max(closes_at) FILTER (WHERE is_wanted) AS wanted_end,
        min(opens_at) FILTER (WHERE NOT is_wanted) AS present_start,
        max(closes_at) FILTER (WHERE NOT is_wanted) AS present_end,
        greatest(wanted_start, present_start) AS shared_start,
        least(wanted_end, present_end) AS shared_end
    FROM hours
    GROUP BY brand
),

shared_hours AS (
    SELECT
        hours.is_wanted,
        hours.brand,
        greatest(hours.opens_at, ranges.shared_start) AS opens_at,
        least(hours.closes_at, ranges.shared_end) AS closes_at
    FROM hours
    INNER JOIN ranges USING (brand)
    WHERE hours.opens_at < ranges.shared_end AND hours.closes_at > ranges.shared_start
),

rule_rows AS (
    SELECT TRUE AS is_wanted, brand, [answer_within_seconds::VARCHAR, time_zone] AS cells
    FROM wanted_brands
    UNION ALL
    SELECT FALSE AS is_wanted, brand, [answer_within_seconds::VARCHAR, time_zone] AS cells
    FROM brands
    UNION ALL
    SELECT TRUE AS is_wanted, brand, [platform, engage] AS cells FROM wanted_platforms
    UNION ALL
    SELECT FALSE AS is_wanted, brand, [platform, engage] AS cells FROM brand_platforms
    UNION ALL
    SELECT TRUE AS is_wanted, brand, [platform, handle, role] AS cells FROM wanted_accounts
    UNION ALL
    SELECT FALSE AS is_wanted, brand, [platform, handle, role] AS cells FROM brand_accounts
    UNION ALL
    SELECT TRUE AS is_wanted, brand, [role, signature] AS cells FROM wanted_signatures
    UNION ALL
    SELECT FALSE AS is_wanted, brand, [role, signature] AS cells FROM brand_signatures
    UNION ALL
    SELECT TRUE AS is_wanted, brand, [wanted_routes::VARCHAR] AS cells FROM wanted_routes
    UNION ALL
    SELECT FALSE AS is_wanted, brand, [brand_routes::VARCHAR] AS cells FROM brand_routes
    UNION ALL
    SELECT is_wanted, brand, [opens_at::VARCHAR, closes_at::VARCHAR] AS cells FROM shared_hours
),

term_rows AS (
    SELECT TRUE AS is_wanted, brand, [kind, term, pattern] AS cells FROM wanted_terms
    UNION ALL
    SELECT FALSE AS is_wanted, brand, [kind, term, pattern] AS cells FROM brand_terms
    UNION ALL
    SELECT TRUE AS is_wanted, brand, [platform] AS cells FROM wanted_platforms
    UNION ALL
    SELECT FALSE AS is_wanted, brand, [platform] AS cells FROM brand_platforms
    UNION ALL
    SELECT TRUE AS is_wanted, brand, [platform, handle, role] AS cells FROM wanted_accounts
    UNION ALL
    SELECT FALSE AS is_wanted, brand, [platform, handle, role] AS cells FROM brand_accounts
),

differing AS (
    SELECT 'rules' AS part, brand, cells FROM rule_rows
    GROUP BY ALL HAVING count(DISTINCT is_wanted) = 1
    UNION ALL
    SELECT 'terms' AS part, brand, cells FROM term_rows
    GROUP BY ALL HAVING count(DISTINCT is_wanted) = 1
),

labels AS (
    FROM wanted_brands
    EXCEPT
    FROM brands
)

SELECT DISTINCT
    brand, CASE
        WHEN brand IN (SELECT brand FROM wanted_brands) THEN part
        ELSE 'removed'
    END AS part
FROM differing
UNION
SELECT brand, 'label' AS part FROM labels
UNION
SELECT brand, 'range' AS part
FROM ranges
WHERE
    wanted_start IS DISTINCT FROM present_start
    OR wanted_end IS DISTINCT FROM present_end;
