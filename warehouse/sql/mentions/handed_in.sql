-- The posts of this load were handed in for $brand.
INSERT INTO handed_in
SELECT $brand, scope.row_id
FROM scope
SEMI JOIN delta ON scope.platform = delta.platform AND scope.post_id = delta.post_id
EXCEPT
SELECT brand, row_id FROM handed_in;
