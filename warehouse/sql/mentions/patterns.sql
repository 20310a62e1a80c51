-- The patterns of every brand by kind of term. $brands: NULL for all.
SELECT
    brands.brand,
    brand_terms.kind,
    list(brand_terms.pattern ORDER BY brand_terms.term) AS patterns
FROM brands
LEFT JOIN brand_terms USING (brand)
WHERE $brands IS NULL OR list_contains($brands, brands.brand)
GROUP BY ALL
ORDER BY ALL;
