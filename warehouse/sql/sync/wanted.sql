-- The watch-list as it is now, in tables like those it is to become.
-- $brands, $platforms, $terms, $accounts, $signatures, $routes, $hours: JSON lists of rows.

CREATE OR REPLACE TEMP TABLE wanted_brands AS
SELECT unnest(from_json($brands, '[{
    "brand": "VARCHAR", "name": "VARCHAR", "time_zone": "VARCHAR",
    "answer_within_seconds": "BIGINT", "digest_at": "TIME", "retention_seconds": "BIGINT"
}]'), recursive := TRUE);

CREATE OR REPLACE TEMP TABLE wanted_platforms AS
SELECT unnest(from_json($platforms, '[{
    "brand": "VARCHAR", "platform": "VARCHAR", "engage": "VARCHAR"
}]'), recursive := TRUE);

CREATE OR REPLACE TEMP TABLE wanted_terms AS
SELECT unnest(from_json($terms, '[{
    "brand": "VARCHAR", "kind": "VARCHAR", "term": "VARCHAR", "pattern": "VARCHAR"
}]'), recursive := TRUE);

CREATE OR REPLACE TEMP TABLE wanted_accounts AS
SELECT unnest(from_json($accounts, '[{
    "brand": "VARCHAR", "platform": "VARCHAR", "handle": "VARCHAR", "role": "VARCHAR"
}]'), recursive := TRUE);

CREATE OR REPLACE TEMP TABLE wanted_signatures AS
SELECT unnest(from_json($signatures, '[{
    "brand": "VARCHAR", "role": "VARCHAR", "signature": "VARCHAR"
}]'), recursive := TRUE);

CREATE OR REPLACE TEMP TABLE wanted_routes AS
SELECT unnest(from_json($routes, '[{
    "brand": "VARCHAR", "place": "BIGINT", "owner": "VARCHAR", "accounts": ["VARCHAR"],
    "hashtags": ["VARCHAR"], "tags": ["VARCHAR"], "platforms": ["VARCHAR"]
}]'), recursive := TRUE);

CREATE OR REPLACE TEMP TABLE wanted_hours AS
SELECT unnest(from_json($hours, '[{
    "brand": "VARCHAR", "opens_at": "TIMESTAMPTZ", "closes_at": "TIMESTAMPTZ",
    "open_before_seconds": "BIGINT"
}]'), recursive := TRUE);
