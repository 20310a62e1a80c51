-- Names and versions of the models that have been used, the newest first.
SELECT model FROM model_runs ORDER BY first_used_at DESC, model DESC;
