-- Which posts of the scope concern a brand, and how. Direct beats hashtag beats name beats owned;
-- a post with an excluded word is a mention only where somebody has handed it in.
-- $brand; $handles, $hashtags, $names, $excluded, $subreddits: patterns, NULL where there is none;
-- $terms: the first three in one, since most posts speak of other brands.
INSERT INTO wanted (brand, row_id, platform, post_id, kind, is_imported)
WITH candidates AS (
    SELECT
        scope.*,
        handed_in.row_id IS NOT NULL AS is_imported,
        under_company.row_id IS NOT NULL AS is_under_company
    FROM scope
    LEFT JOIN handed_in ON scope.row_id = handed_in.row_id AND handed_in.brand = $brand
    LEFT JOIN under_company
        ON scope.row_id = under_company.row_id AND under_company.brand = $brand
    LEFT JOIN brand_platforms
        ON scope.platform = brand_platforms.platform AND brand_platforms.brand = $brand
    ANTI JOIN company_authors
        ON
            company_authors.brand = $brand
            AND scope.platform = company_authors.platform
            AND scope.author_id = company_authors.author_id
    WHERE brand_platforms.brand IS NOT NULL OR handed_in.row_id IS NOT NULL
),

-- materialized: the patterns are compiled once, not once per use of the result
judged AS MATERIALIZED (
    SELECT
        row_id,
        platform,
        post_id,
        is_imported,
        CASE
            WHEN NOT coalesce(regexp_matches(words, $terms), false)
                THEN
                    CASE
                        WHEN
                            (
                                is_under_company
                                OR (platform = 'reddit' AND regexp_matches(permalink, $subreddits))
                            )
                            AND NOT coalesce(regexp_matches(words, $excluded), false)
                            THEN 'owned'
                    END
            WHEN regexp_matches(words, $excluded) THEN NULL
            WHEN regexp_matches(words, $handles) THEN 'direct'
            WHEN regexp_matches(words, $hashtags) THEN 'hashtag'
            ELSE 'name'
        END AS found_kind
    FROM candidates
)

SELECT
    $brand,
    row_id,
    platform,
    post_id,
    coalesce(found_kind, CASE WHEN is_imported THEN 'name' END) AS kind,
    is_imported
FROM judged
WHERE found_kind IS NOT NULL OR is_imported;
