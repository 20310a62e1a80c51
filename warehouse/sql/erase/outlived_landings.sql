-- Landing files that are not needed any more: loaded before $before (UTC), or found broken by then.
SELECT path, FALSE AS is_broken
FROM landings
WHERE loaded_at < $before
UNION ALL
SELECT file, TRUE AS is_broken FROM rejects WHERE line = 0 AND rejected_at < $before;
