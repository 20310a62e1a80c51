-- The brands that changed, by part.
SELECT part, list(brand ORDER BY brand) AS brands FROM watchlist_changes GROUP BY part;
