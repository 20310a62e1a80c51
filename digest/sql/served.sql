-- Who has had which digest, or will never get it because the mail server refuses the address.
-- grain: one row per brand, local day and recipient
-- parameters: $since (first local day)
SELECT
    brand,
    digest_date,
    recipient
FROM digests
WHERE digest_date >= $since::DATE;
