-- Landing files that were broken when they were met before.
SELECT DISTINCT file FROM rejects WHERE line = 0;
