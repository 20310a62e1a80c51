-- Every dirty thread has been rebuilt, and the temporary tables are no longer needed.
DELETE FROM dirty_threads;
