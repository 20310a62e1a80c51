-- One pattern per brand and kind of term, and the brands that watch anything at all.
-- $brands: NULL for all.
SELECT
    brands.brand,
    '(?i)' || string_agg(pattern, '|' ORDER BY term) FILTER (WHERE kind = 'handle') AS handles,
    '(?i)' || string_agg(pattern, '|' ORDER BY term) FILTER (WHERE kind = 'hashtag') AS hashtags,
    '(?i)' || string_agg(pattern, '|' ORDER BY term) FILTER (WHERE kind = 'name') AS names,
    '(?i)' || string_agg(pattern, '|' ORDER BY term) FILTER (WHERE kind = 'exclude') AS excluded,
    '(?i)' || string_agg(pattern, '|' ORDER BY term) FILTER (WHERE kind = 'subreddit')
        AS subreddits
FROM brands
LEFT JOIN brand_terms USING (brand)
WHERE $brands IS NULL OR list_contains($brands, brands.brand)
GROUP BY brands.brand
ORDER BY brands.brand;
