-- Note one delivery; a recipient who is already noted for the day stays as noted.
-- grain: one row in digests per brand, local day and recipient
-- parameters: $brand, $digest_date (the brand's local day), $recipient, $message_id, $status,
--   $detail (the mail server's words), $sent_at (UTC)
MERGE INTO digests
USING (
    SELECT
        $brand AS brand,
        $digest_date::DATE AS digest_date,
        $recipient AS recipient
) AS delivery
    ON digests.brand = delivery.brand
    AND digests.digest_date = delivery.digest_date
    AND digests.recipient = delivery.recipient
WHEN NOT MATCHED THEN INSERT (
    brand, digest_date, recipient, message_id, status, detail, sent_at
) VALUES (
    delivery.brand,
    delivery.digest_date,
    delivery.recipient,
    $message_id,
    $status,
    $detail,
    $sent_at::TIMESTAMPTZ
);
