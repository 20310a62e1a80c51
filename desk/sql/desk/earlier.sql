-- What the action before one of its kind said.
-- $brand, $platform, $post_id, $action, $field (NULL but for corrections), $seq: the one
SELECT value
FROM acts
WHERE
    brand = $brand
    AND platform = $platform
    AND post_id = $post_id
    AND action = $action
    AND field IS NOT DISTINCT FROM $field
    AND seq < $seq
ORDER BY seq DESC
LIMIT 1;
