-- How many posts were new, and how many known ones differ now.
SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE differs AND NOT is_new) FROM delta;
