-- What was collected, what was derived from it, and what became of it.
-- No primary keys: they double the file and slow a MERGE; the single writer keeps keys unique and
-- `queries/checks/duplicate_*.sql` prove it. Times are TIMESTAMPTZ (UTC); counts are NULL where a
-- platform hides them.

CREATE TABLE posts (
    platform VARCHAR NOT NULL,
    post_id VARCHAR NOT NULL,
    author_id VARCHAR,                  -- NULL once the post is deleted or its author forgotten
    text VARCHAR,                       -- NULL once deleted, forgotten or past retention
    created_at TIMESTAMPTZ NOT NULL,
    permalink VARCHAR,
    reply_to_id VARCHAR,
    root_id VARCHAR,                    -- the thread's root as the platform says
    repost_of_id VARCHAR,
    quote_of_id VARCHAR,
    thread_id VARCHAR NOT NULL,         -- root_id, or resolved up the reply chain
    parent_id VARCHAR,                  -- reply_to_id, else quote_of_id
    lang VARCHAR,                       -- the platform's hint
    like_count BIGINT,
    reply_count BIGINT,
    repost_count BIGINT,
    view_count BIGINT,
    first_seen_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,    -- when anything of the row last changed
    checked_at TIMESTAMPTZ,             -- when the platform last showed it; NULL: only imported
    edited_at TIMESTAMPTZ,
    deleted_at TIMESTAMPTZ
);

CREATE TABLE authors (
    platform VARCHAR NOT NULL,
    author_id VARCHAR NOT NULL,
    handle VARCHAR,                     -- as written, without @
    name VARCHAR,
    follower_count BIGINT,
    first_seen_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);

-- The watch-list as tables, replaced by sync_watchlist.
CREATE TABLE brands (
    brand VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    time_zone VARCHAR NOT NULL,
    answer_within_seconds BIGINT NOT NULL,
    digest_at TIME NOT NULL,
    retention_seconds BIGINT NOT NULL
);
CREATE TABLE brand_platforms (
    brand VARCHAR NOT NULL,
    platform VARCHAR NOT NULL,
    engage VARCHAR NOT NULL
);
CREATE TABLE brand_terms (
    brand VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,              -- handle, hashtag, name, exclude, subreddit
    term VARCHAR NOT NULL,
    -- RE2 of the term alone; terms.py says what may stand around
    pattern VARCHAR NOT NULL
);
CREATE TABLE brand_accounts (
    brand VARCHAR NOT NULL,
    platform VARCHAR,                   -- NULL: on every platform
    handle VARCHAR NOT NULL,            -- lower case, without @
    role VARCHAR NOT NULL               -- own, agency, marketing, superuser
);
CREATE TABLE brand_signatures (
    brand VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    signature VARCHAR NOT NULL
);
CREATE TABLE brand_routes (
    brand VARCHAR NOT NULL,
    place BIGINT NOT NULL,              -- 1, 2 …: the first that fits counts
    owner VARCHAR NOT NULL,
    accounts VARCHAR[] NOT NULL,        -- handle, or platform:handle, in lower case; empty: any
    hashtags VARCHAR[] NOT NULL,        -- lower case, without #
    tags VARCHAR[] NOT NULL,
    platforms VARCHAR[] NOT NULL
);
CREATE TABLE office_hours (
    brand VARCHAR NOT NULL,
    opens_at TIMESTAMPTZ NOT NULL,
    closes_at TIMESTAMPTZ NOT NULL,
    open_before_seconds BIGINT NOT NULL -- open time from the first row's start up to opens_at
);

CREATE TABLE mentions (
    brand VARCHAR NOT NULL,
    platform VARCHAR NOT NULL,
    post_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,              -- direct, hashtag, name, owned
    is_imported BOOLEAN NOT NULL,       -- handed in for the brand: stays whatever the terms say
    first_seen_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE tags (
    platform VARCHAR NOT NULL,
    post_id VARCHAR NOT NULL,
    model VARCHAR NOT NULL,             -- name and version
    text_hash VARCHAR NOT NULL,         -- md5 of the text that was read: an edit asks for new tags
    lang VARCHAR,
    sentiment VARCHAR,                  -- negative, neutral, positive
    negative_score DOUBLE,              -- all scores 0..1
    neutral_score DOUBLE,
    positive_score DOUBLE,
    complaint BOOLEAN,
    question BOOLEAN,
    praise BOOLEAN,
    urgent BOOLEAN,
    settled BOOLEAN,
    complaint_score DOUBLE,
    question_score DOUBLE,
    praise_score DOUBLE,
    urgent_score DOUBLE,
    private_data VARCHAR[],
    spill_over VARCHAR[],
    topics VARCHAR[],                   -- what it is about, words in their base form
    reply_kind VARCHAR,                 -- answer, ask, holding, deflect, social
    tagged_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE model_runs (
    model VARCHAR NOT NULL,
    first_used_at TIMESTAMPTZ NOT NULL,
    last_used_at TIMESTAMPTZ NOT NULL,
    post_count BIGINT NOT NULL
);
-- Posts whose text waits for the tags of the model in use.
CREATE TABLE tag_queue (platform VARCHAR NOT NULL, post_id VARCHAR NOT NULL);
CREATE TABLE corrections (
    platform VARCHAR NOT NULL,
    post_id VARCHAR NOT NULL,
    -- complaint, question, praise, urgent, sentiment, reply_kind …
    field VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    corrected_by VARCHAR NOT NULL,
    corrected_at TIMESTAMPTZ NOT NULL
);

-- Derived by update_answers for the threads in dirty_threads.
CREATE TABLE dirty_threads (platform VARCHAR NOT NULL, thread_id VARCHAR NOT NULL);
CREATE TABLE replies (
    brand VARCHAR NOT NULL,
    platform VARCHAR NOT NULL,
    thread_id VARCHAR NOT NULL,
    head_id VARCHAR NOT NULL,           -- post_id of the case's head
    post_id VARCHAR NOT NULL,           -- the reply
    author_id VARCHAR,
    role VARCHAR NOT NULL,              -- own, agency, marketing, superuser, community, asker
    reply_kind VARCHAR,                 -- answer, ask, holding, deflect, social; NULL: not read yet
    signature VARCHAR,                  -- initials at the end of a company reply: ^mk
    replied_at TIMESTAMPTZ NOT NULL,    -- never before the head
    part_of_id VARCHAR,                 -- first part of a split reply that this one continues
    is_answer BOOLEAN NOT NULL,
    is_helpful BOOLEAN NOT NULL,        -- the asker or another member thanked or confirmed
    moved_private BOOLEAN NOT NULL,     -- announces that the rest is said in private
    reaction_seconds BIGINT,            -- of company replies: since the asker's last word
    reaction_open_seconds BIGINT,
    text_key UBIGINT                    -- equal for equal wording, of company replies
);
CREATE TABLE answers (
    brand VARCHAR NOT NULL,
    platform VARCHAR NOT NULL,
    post_id VARCHAR NOT NULL,           -- one row per mention
    thread_id VARCHAR NOT NULL,
    follows_id VARCHAR,                 -- head of the case, for an asker's later mentions
    asker_id VARCHAR,
    author_role VARCHAR NOT NULL,       -- own, agency, marketing, superuser, community
    kind VARCHAR NOT NULL,              -- direct, hashtag, name, owned
    is_repost BOOLEAN NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    local_at TIMESTAMP NOT NULL,        -- created_at on the brand's clock
    lang VARCHAR,
    sentiment VARCHAR,
    complaint BOOLEAN,                  -- the tags that count; NULL: not read yet
    question BOOLEAN,
    praise BOOLEAN,
    urgent BOOLEAN,
    settled BOOLEAN,
    negative_score DOUBLE,
    neutral_score DOUBLE,
    positive_score DOUBLE,
    complaint_score DOUBLE,
    question_score DOUBLE,
    praise_score DOUBLE,
    urgent_score DOUBLE,
    private_data VARCHAR[] NOT NULL,
    spill_over VARCHAR[] NOT NULL,
    hashtags VARCHAR[] NOT NULL,        -- lower case, without #
    question_terms VARCHAR[] NOT NULL,  -- what a question is about, word stems
    topics VARCHAR[] NOT NULL,          -- what it is about, words in their base form
    has_threat BOOLEAN NOT NULL,        -- of lawyers, regulators, the press, or to leave
    addressed_role VARCHAR,             -- role of the company account that was spoken to
    addressed_handle VARCHAR,           -- and its handle, lower case
    routed_to VARCHAR NOT NULL,         -- owner by the watch-list's routing; service: no rule fits
    needs_answer BOOLEAN NOT NULL,      -- true on the head of a case only
    reasons VARCHAR[] NOT NULL,         -- complaint, question, urgent, private_data, spill_over
    status VARCHAR NOT NULL,
    answered_by VARCHAR,
    opened_at TIMESTAMPTZ NOT NULL,     -- the post, or the asker's word that reopened it
    due_at TIMESTAMPTZ,                 -- opened_at + answer_within in open time
    reopened_count BIGINT NOT NULL,
    first_reply_at TIMESTAMPTZ,
    first_reply_by VARCHAR,             -- own, agency, marketing
    first_answer_at TIMESTAMPTZ,
    answered_at TIMESTAMPTZ,            -- first answer since opened_at
    first_reply_seconds BIGINT,
    first_answer_seconds BIGINT,
    answer_seconds BIGINT,              -- opened_at to answered_at
    first_reply_open_seconds BIGINT,
    first_answer_open_seconds BIGINT,
    answer_open_seconds BIGINT,
    moved_private BOOLEAN NOT NULL,
    reply_count BIGINT NOT NULL,        -- replies of others that are known
    updated_at TIMESTAMPTZ NOT NULL     -- when anything of the row last changed
);

-- The ledger of collecting.
CREATE TABLE landings (
    path VARCHAR NOT NULL,              -- relative to the landing folder
    sha256 VARCHAR NOT NULL,
    platform VARCHAR NOT NULL,
    brand VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    post_count BIGINT NOT NULL,
    reject_count BIGINT NOT NULL,
    loaded_at TIMESTAMPTZ NOT NULL
);
-- One row per stretch: stretches of a topic neither overlap nor touch.
CREATE TABLE coverage (
    brand VARCHAR NOT NULL,
    topic VARCHAR NOT NULL,
    platform VARCHAR NOT NULL,
    start_at TIMESTAMPTZ NOT NULL,      -- half-open [start_at, end_at)
    end_at TIMESTAMPTZ NOT NULL,
    loaded_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE gaps (
    brand VARCHAR NOT NULL,
    topic VARCHAR NOT NULL,
    platform VARCHAR NOT NULL,
    start_at TIMESTAMPTZ NOT NULL,
    end_at TIMESTAMPTZ NOT NULL,
    -- too_old, truncated, quota, budget, credits, credentials, down
    reason VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    is_final BOOLEAN NOT NULL,          -- no later try can close it
    found_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE thread_checks (
    platform VARCHAR NOT NULL,
    brand VARCHAR NOT NULL,
    root_id VARCHAR NOT NULL,           -- the conversation as the platform names it
    checked_at TIMESTAMPTZ NOT NULL     -- up to when it has been read
);
CREATE TABLE usage (
    platform VARCHAR NOT NULL,
    brand VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    used_at TIMESTAMPTZ NOT NULL,
    request_count BIGINT NOT NULL,
    post_count BIGINT NOT NULL,
    user_count BIGINT NOT NULL,
    cost_usd DOUBLE NOT NULL
);
CREATE TABLE rejects (
    file VARCHAR NOT NULL,
    line BIGINT NOT NULL,               -- 1-based; 0: the file as a whole
    reason VARCHAR NOT NULL,
    raw VARCHAR NOT NULL,               -- the line itself, cut at 10,000 characters
    rejected_at TIMESTAMPTZ NOT NULL
);

-- What people did and were sent.
CREATE TABLE digests (
    brand VARCHAR NOT NULL,
    digest_date DATE NOT NULL,          -- local day of the brand
    edition VARCHAR NOT NULL,           -- daily, weekly
    recipient VARCHAR NOT NULL,
    message_id VARCHAR NOT NULL,
    status VARCHAR NOT NULL,            -- sent, refused, written
    detail VARCHAR NOT NULL,
    sent_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE triage (
    brand VARCHAR NOT NULL,
    platform VARCHAR NOT NULL,
    post_id VARCHAR NOT NULL,
    action VARCHAR NOT NULL,            -- assign, note, snooze, done
    value VARCHAR,
    until_at TIMESTAMPTZ,
    done_by VARCHAR NOT NULL,
    done_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE tombstones (
    platform VARCHAR NOT NULL,
    post_id VARCHAR,                    -- NULL: every post of the author
    author_hash VARCHAR,                -- sha256 of 'platform:author_id'
    reason VARCHAR NOT NULL,            -- deleted, forgotten, retention
    created_at TIMESTAMPTZ NOT NULL
);
