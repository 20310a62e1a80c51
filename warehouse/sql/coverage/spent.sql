-- What a platform has cost since a moment. $platform, $since (UTC).
SELECT coalesce(sum(cost_usd), 0) FROM usage WHERE platform = $platform AND used_at >= $since;
