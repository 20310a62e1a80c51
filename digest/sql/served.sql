-- Who has had which digest, or will never get it because the mail server refuses the address.
-- grain: one row per brand, local day, edition and recipient
-- parameters: $since (first local day)
SELECT
    brand,
    digest_date,
    edition,
    recipient
FROM digests
WHERE digest_date >= $since::DATE;
