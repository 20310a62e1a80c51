-- Put what `touched` holds into `desk` as it is at $now (UTC).
INSERT INTO desk
FROM desk_rows('touched', $now::TIMESTAMPTZ);
