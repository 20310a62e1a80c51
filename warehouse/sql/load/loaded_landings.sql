-- Paths of the landing files that are in the warehouse.
SELECT path FROM landings;
