-- How many actions the warehouse has.
SELECT (SELECT count(*) FROM triage) + (SELECT count(*) FROM corrections);
