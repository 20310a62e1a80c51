-- One row per landing file of a load, in order of loading; emptied with each load.
CREATE OR REPLACE TEMP TABLE staged_landings (
    seq BIGINT,
    path VARCHAR,
    sha256 VARCHAR,
    platform VARCHAR,
    brand VARCHAR,
    kind VARCHAR,
    retrieved_at TIMESTAMPTZ,
    post_count BIGINT,
    reject_count BIGINT,
    billed_requests BIGINT,
    billed_posts BIGINT,
    billed_users BIGINT,
    cost_usd DOUBLE,
    topics VARCHAR[],
    covered STRUCT(start_at TIMESTAMPTZ, end_at TIMESTAMPTZ)[],
    gaps STRUCT(
        start_at TIMESTAMPTZ, end_at TIMESTAMPTZ, reason VARCHAR, detail VARCHAR, is_final BOOLEAN
    )[],
    root_ids VARCHAR[],
    checked_at TIMESTAMPTZ
);
