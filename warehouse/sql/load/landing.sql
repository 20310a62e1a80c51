-- Enter one landing file into the ledger: the file, and what reading it cost.

INSERT INTO landings
(path, sha256, platform, brand, kind, post_count, reject_count, loaded_at)
VALUES ($path, $sha256, $platform, $brand, $kind, $post_count, $reject_count, $now);

INSERT INTO usage
(platform, brand, kind, used_at, request_count, post_count, user_count, cost_usd)
VALUES ($platform, $brand, $kind, $retrieved_at, $requests, $posts, $users, $cost_usd);
