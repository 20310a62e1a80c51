-- Note one delivery; a recipient who is already noted for the day stays as noted.
-- grain: one row in digests per brand, local day, edition and recipient
-- parameters: $brand, $digest_date (the brand's local day), $edition, $recipient, $message_id,
--   $status, $detail (the mail server's words), $sent_at (UTC)
INSERT INTO digests (brand, digest_date, edition, recipient, message_id, status, detail, sent_at)
SELECT
    $brand,
    $digest_date::DATE,
    $edition,
    $recipient,
    $message_id,
    $status,
    $detail,
    $sent_at::TIMESTAMPTZ
WHERE NOT EXISTS (
    SELECT 1
    FROM digests
    WHERE
        brand = $brand
        AND digest_date = $digest_date::DATE
        AND edition = $edition
        AND recipient = $recipient
);
