-- Accounts that speak for a brand. Superusers are customers.
CREATE OR REPLACE TEMP TABLE company_authors AS
SELECT DISTINCT brand_accounts.brand, authors.platform, authors.author_id
FROM authors
INNER JOIN brand_accounts
    ON lower(authors.handle) = brand_accounts.handle
    AND (brand_accounts.platform IS NULL OR brand_accounts.platform = authors.platform)
WHERE brand_accounts.role <> 'superuser';
