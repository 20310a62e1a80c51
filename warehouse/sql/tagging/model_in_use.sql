-- The model that was used last, if any.
SELECT model FROM model_runs ORDER BY last_used_at DESC, first_used_at DESC LIMIT 1;
