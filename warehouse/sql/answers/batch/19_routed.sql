-- Whose each mention is by the watch-list's routing: the first rule that fits.
-- grain: one row per mention that a rule fits
CREATE OR REPLACE TEMP TABLE routed AS
WITH asked AS (
    SELECT
        nodes.node,
        nodes.brand,
        nodes.platform,
        contents.hashtags,
        [
            contents.addressed_handle, nodes.platform || ':' || contents.addressed_handle
        ] AS accounts,
        coalesce(heads.reasons, readings.reasons)
        || CASE WHEN readings.praise THEN ['praise'] ELSE [] END
        || CASE WHEN coalesce(heads.has_threat, contents.has_threat) THEN ['threat'] ELSE [] END
            AS tags
    FROM nodes
    INNER JOIN readings USING (node)
    INNER JOIN contents USING (node)
    LEFT JOIN heads ON nodes.node = heads.head_node
    WHERE nodes.kind IS NOT NULL
)

SELECT
    asked.node,
    arg_min(brand_routes.owner, brand_routes.place) AS owner
FROM asked
INNER JOIN brand_routes
    ON
        asked.brand = brand_routes.brand
        AND (
            len(brand_routes.platforms) = 0
            OR list_contains(brand_routes.platforms, asked.platform)
        )
        AND (
            len(brand_routes.accounts) = 0
            OR list_has_any(brand_routes.accounts, asked.accounts)
        )
        AND (
            len(brand_routes.hashtags) = 0
            OR list_has_any(brand_routes.hashtags, asked.hashtags)
        )
        AND (len(brand_routes.tags) = 0 OR list_has_any(brand_routes.tags, asked.tags))
GROUP BY asked.node;
