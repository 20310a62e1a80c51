-- Make room in `desk` for what `touched` holds.
DELETE FROM desk
USING touched
WHERE
    desk.brand = touched.brand
    AND desk.platform = touched.platform
    AND desk.post_id = touched.post_id;
