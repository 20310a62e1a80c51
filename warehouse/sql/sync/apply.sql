-- Put the watch-list's tables in place of the old ones, and mark what depends on it.

-- Threads of brands whose rules or people changed, and posts that lay outside of the office hours
-- as far as they were known.
INSERT INTO dirty_threads BY NAME
WITH known_range AS (
    SELECT brand, min(opens_at) AS start_at, max(closes_at) AS end_at
    FROM office_hours
    GROUP BY brand
)

SELECT DISTINCT posts.platform, posts.thread_id
FROM posts
INNER JOIN mentions USING (platform, post_id)
INNER JOIN watchlist_changes USING (brand)
LEFT JOIN known_range USING (brand)
WHERE
    watchlist_changes.part = 'rules'
    OR (
        watchlist_changes.part = 'range'
        AND (posts.created_at < known_range.start_at OR posts.created_at >= known_range.end_at)
    )
EXCEPT
SELECT platform, thread_id FROM dirty_threads;

DELETE FROM brands;
INSERT INTO brands BY NAME SELECT * FROM wanted_brands;
DELETE FROM brand_platforms;
INSERT INTO brand_platforms BY NAME SELECT * FROM wanted_platforms;
DELETE FROM brand_terms;
INSERT INTO brand_terms BY NAME SELECT * FROM wanted_terms;
DELETE FROM brand_accounts;
INSERT INTO brand_accounts BY NAME SELECT * FROM wanted_accounts;
DELETE FROM brand_signatures;
INSERT INTO brand_signatures BY NAME SELECT * FROM wanted_signatures;
DELETE FROM brand_routes;
INSERT INTO brand_routes BY NAME SELECT * FROM wanted_routes;
DELETE FROM office_hours;
INSERT INTO office_hours BY NAME SELECT * FROM wanted_hours ORDER BY brand, opens_at;
