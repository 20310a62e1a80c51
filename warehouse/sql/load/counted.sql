-- How many posts were new, and how many known ones differ now.
SELECT
    count(*) FILTER (WHERE is_new) AS new_count,
    count(*) FILTER (WHERE differs AND NOT is_new) AS changed_count
FROM delta;
