-- The year of the earliest post, NULL where there is none.
SELECT year(min(created_at)) FROM posts;
