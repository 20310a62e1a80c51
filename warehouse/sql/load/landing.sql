-- Enter one landing file into the ledger: the file, what it cost, what it covers and misses.

INSERT INTO landings BY NAME
SELECT
    $path AS path,
    $sha256 AS sha256,
    $platform AS platform,
    $brand AS brand,
    $kind AS kind,
    $post_count AS post_count,
    $reject_count AS reject_count,
    $now AS loaded_at;

INSERT INTO usage BY NAME
SELECT
    $platform AS platform,
    $brand AS brand,
    $kind AS kind,
    $retrieved_at AS used_at,
    $requests AS request_count,
    $posts AS post_count,
    $users AS user_count,
    $cost_usd AS cost_usd;
