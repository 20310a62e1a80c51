-- Accounts that speak for a brand. Superusers are customers.
CREATE OR REPLACE TEMP TABLE company_authors AS
SELECT DISTINCT brand_accounts.brand, authors.platform, authors.author_id
FROM authors
INNER JOIN brand_accounts
    ON
        brand_accounts.handle = lower(authors.handle)
        AND (brand_accounts.platform IS NULL OR authors.platform = brand_accounts.platform)
WHERE brand_accounts.role <> 'superuser';
