-- What analysts and triage lists read. Every column is commented in 003_comments.sql.

-- Words that decide a rule in SQL. Patterns are RE2 and are matched against lower-case text.
CREATE VIEW phrases AS
SELECT * FROM (
    VALUES
    ('moved_private', 'de', '\b(pn|dm|direktnachricht|privatnachricht|private[nr]? nachricht)\b'),
    ('moved_private', 'de', '\b(per|via|in der) (pn|dm|direktnachricht|privatnachricht)\b'),
    ('moved_private', 'en', '\b(dm|dms|dm[''’]?d|pm|direct message|private message|inbox)\b'),
    ('threat', 'de', '\b(rechts)?anw[aä]lt'),
    ('threat', 'de', '\b(straf)?anzeige\b|\bverklage|\bklage\b|\brechtliche schritte\b'),
    ('threat', 'de', '\bverbraucher(zentrale|schutz)|\bbundesnetzagentur|\bschlichtungsstelle'),
    ('threat', 'de', '\bk[uü]ndig(e|en|ung)\b|\bsonderk[uü]ndigung|\banbieter wechseln\b'),
    ('threat', 'de', '\b(zur|an die) (presse|zeitung)\b'),
    ('threat', 'en', '\b(lawyer|solicitor|attorney|legal action|small claims|sue you|suing)\b'),
    ('threat', 'en', '\b(ombudsman|trading standards|ofcom|ofgem|regulator)\b'),
    ('threat', 'en', '\b(cancel(l?ing)? my|switch(ing)? provider|charge ?back)\b'),
    ('threat', 'en', '\b(go(ing)? to the (press|papers|media))\b')
) AS phrases (kind, lang, pattern);

-- Words that say nothing about what a question is about.
CREATE VIEW stop_words AS
SELECT
    unnest(string_split(
        'aber alle allem allen aller alles also andere auch bald beim bekomme bekommen'
        || ' bereits bitte brauche danke dann dass dein deine dem denn dennoch derzeit dich diese'
        || ' diesem diesen dieser dieses doch dort dürfen eben eigentlich eine einem einen einer'
        || ' eines einfach endlich euch euer eure eurem euren eurer funktioniert ganz geht genau'
        || ' gerade gern gerne gibt haben hallo hatte hätte heute hier hilfe immer ihnen ihre'
        || ' ihrem ihren ihrer irgendwie jemand jetzt kann kein keine keinen komme kommt können'
        || ' könnt könnte könnten lange leider liebe liebes machen macht mehr mein meine meinem'
        || ' meinen meiner mich möchte morgen moin muss müssen nach nicht nichts noch nochmal'
        || ' oder ohne schon sehr sein seine seit sich sind sollte sonst soll team über unter'
        || ' unser unsere viel vielleicht vielen wann warum weil weiter welche welchem welchen'
        || ' welcher welches wenn werde werden weshalb wieder wieso will wird wirklich wissen'
        || ' wofür wohin wollen worden wurde würde zwar',
        ' '
    )) AS word
UNION ALL
SELECT unnest(string_split(
    'about after again also anyone anybody been before being cannot could does doesn done'
    || ' each even ever every from getting give going have hello help here into isn just keep'
    || ' know like long make many more much need only other over please really same should'
    || ' some somebody someone still such tell than thank thanks that their them then there'
    || ' these they thing this those today tomorrow trying under until very want well were'
    || ' what when where which while will with without would your yours',
    ' '
)) AS word;

-- The tags that count: of the model that was put to use last, with people's corrections on top.
-- `tag_rows` names a table with rows of `tags`: all of them, or those of a few posts.
CREATE MACRO tags_that_count(tag_rows) AS TABLE (
    WITH newest AS (
        SELECT read.*
        FROM query_table(tag_rows) AS read
        LEFT JOIN model_runs USING (model)
        QUALIFY row_number() OVER (
            PARTITION BY read.platform, read.post_id
            ORDER BY model_runs.last_used_at DESC NULLS LAST, read.tagged_at DESC, read.model
        ) = 1
    ),

    words AS (
        SELECT
            platform,
            post_id,
            map_from_entries(list((field, value))) AS said
        FROM (
            SELECT platform, post_id, field, arg_max(value, corrected_at) AS value
            FROM corrections
            GROUP BY ALL
        ) AS latest
        GROUP BY ALL
    )

    SELECT
        platform,
        post_id,
        newest.model,
        newest.text_hash,
        coalesce(words.said['lang'], newest.lang) AS lang,
        coalesce(words.said['sentiment'], newest.sentiment) AS sentiment,
        newest.negative_score,
        newest.neutral_score,
        newest.positive_score,
        coalesce(words.said['complaint']::boolean, newest.complaint) AS complaint,
        coalesce(words.said['question']::boolean, newest.question) AS question,
        coalesce(words.said['praise']::boolean, newest.praise) AS praise,
        coalesce(words.said['urgent']::boolean, newest.urgent) AS urgent,
        coalesce(words.said['settled']::boolean, newest.settled) AS settled,
        coalesce(words.said['spam']::boolean, false) AS spam,
        newest.complaint_score,
        newest.question_score,
        newest.praise_score,
        newest.urgent_score,
        CASE
            WHEN words.said['private_data'] IS NULL THEN newest.private_data
            ELSE [w FOR w IN string_split(words.said['private_data'], ',') IF w <> '']
        END AS private_data,
        CASE
            WHEN words.said['spill_over'] IS NULL THEN newest.spill_over
            ELSE [w FOR w IN string_split(words.said['spill_over'], ',') IF w <> '']
        END AS spill_over,
        newest.topics,
        coalesce(words.said['reply_kind'], newest.reply_kind) AS reply_kind,
        coalesce(map_keys(words.said), []) AS corrected,
        newest.tagged_at
    FROM newest
    FULL JOIN words USING (platform, post_id)
);
CREATE VIEW current_tags AS FROM tags_that_count('tags');

-- What people noted about a mention; of each action the newest counts.
CREATE VIEW triage_state AS
SELECT
    brand,
    platform,
    post_id,
    nullif(arg_max(coalesce(value, ''), done_at) FILTER (WHERE action = 'assign'), '')
        AS assigned_to,
    nullif(arg_max(coalesce(value, ''), done_at) FILTER (WHERE action = 'note'), '') AS note,
    arg_max(until_at, done_at) FILTER (WHERE action = 'snooze') AS snoozed_until_at,
    CASE
        WHEN arg_max(action, done_at) FILTER (WHERE action IN ('done', 'reopen')) = 'done'
            THEN max(done_at) FILTER (WHERE action = 'done')
    END AS done_at,
    CASE
        WHEN arg_max(action, done_at) FILTER (WHERE action IN ('done', 'reopen')) = 'done'
            THEN arg_max(done_by, done_at) FILTER (WHERE action = 'done')
    END AS done_by
FROM triage
GROUP BY brand, platform, post_id;

-- What makes waiting worse, in points; overdue counts beside it since that depends on now.
CREATE MACRO hurt_points(reasons, status, kind, follower_count, like_count, repost_count) AS
round(
    40 * list_contains(reasons, 'urgent')::integer
    + 30 * list_contains(reasons, 'private_data')::integer
    + 20 * (status = 'reopened')::integer
    + 15 * list_contains(reasons, 'complaint')::integer
    + 10 * list_contains(reasons, 'spill_over')::integer
    + 5 * (kind IN ('direct', 'owned'))::integer
    + least(20, 4 * log10(1 + coalesce(follower_count, 0)))
    + least(20, 5 * log10(1 + coalesce(like_count, 0) + 2 * coalesce(repost_count, 0)))
)::integer;

-- One row per mention, with everything that a list shows.
CREATE VIEW mention_status AS
SELECT
    answers.brand,
    answers.platform,
    answers.post_id,
    answers.thread_id,
    answers.follows_id,
    answers.kind,
    answers.author_role,
    posts.author_id,
    authors.handle AS author_handle,
    authors.name AS author_name,
    authors.follower_count,
    posts.permalink,
    posts.text,
    answers.created_at,
    answers.local_at,
    answers.lang,
    answers.sentiment,
    answers.negative_score,
    answers.neutral_score,
    answers.positive_score,
    answers.complaint,
    answers.question,
    answers.praise,
    answers.urgent,
    answers.settled,
    answers.complaint_score,
    answers.question_score,
    answers.praise_score,
    answers.urgent_score,
    answers.private_data,
    answers.spill_over,
    answers.hashtags,
    answers.has_threat,
    answers.addressed_role,
    answers.addressed_handle,
    answers.routed_to,
    answers.needs_answer,
    answers.reasons,
    answers.status,
    answers.needs_answer
    AND answers.status IN ('unanswered', 'holding', 'deflected', 'reopened')
    AND (triage_state.done_at IS NULL OR triage_state.done_at < answers.opened_at) AS is_open,
    answers.answered_by,
    answers.opened_at,
    answers.due_at,
    answers.reopened_count,
    answers.first_reply_at,
    answers.first_reply_by,
    answers.first_answer_at,
    answers.answered_at,
    answers.first_reply_seconds,
    answers.first_answer_seconds,
    answers.answer_seconds,
    answers.first_reply_open_seconds,
    answers.first_answer_open_seconds,
    answers.answer_open_seconds,
    answers.moved_private,
    answers.reply_count,
    answers.is_repost,
    posts.like_count,
    posts.repost_count,
    posts.view_count,
    triage_state.assigned_to,
    coalesce(triage_state.assigned_to, answers.routed_to) AS owner,
    triage_state.note,
    triage_state.snoozed_until_at,
    triage_state.done_at,
    triage_state.done_by,
    hurt_points(
        answers.reasons,
        answers.status,
        answers.kind,
        authors.follower_count,
        posts.like_count,
        posts.repost_count
    ) AS hurt_score,
    answers.updated_at
FROM answers
INNER JOIN posts -- the time lets DuckDB skip the row groups of other days
    ON
        answers.platform = posts.platform
        AND answers.post_id = posts.post_id
        AND answers.created_at = posts.created_at
LEFT JOIN authors ON posts.platform = authors.platform AND posts.author_id = authors.author_id
LEFT JOIN triage_state
    ON
        answers.brand = triage_state.brand
        AND answers.platform = triage_state.platform
        AND answers.post_id = triage_state.post_id;

-- The mentions that wait for somebody.
CREATE VIEW open_mentions AS
SELECT *
FROM mention_status
WHERE is_open;

-- One row per brand, platform and local day: what came in, and what became of it; of the mentions
-- posted in [since_at, until_at).
CREATE MACRO daily_metrics_between(since_at, until_at) AS TABLE (
    SELECT
        answers.brand,
        answers.platform,
        answers.local_at::date AS day,
        count(*) AS mention_count,
        count(DISTINCT answers.asker_id) AS author_count,
        count(*) FILTER (WHERE answers.complaint) AS complaint_count,
        count(*) FILTER (WHERE answers.question) AS question_count,
        count(*) FILTER (WHERE answers.praise) AS praise_count,
        count(*) FILTER (WHERE answers.urgent) AS urgent_count,
        count(*) FILTER (WHERE len(answers.private_data) > 0) AS private_data_count,
        count(*) FILTER (WHERE len(answers.spill_over) > 0) AS spill_over_count,
        count(*) FILTER (WHERE answers.sentiment = 'negative') AS negative_count,
        count(*) FILTER (WHERE answers.sentiment = 'positive') AS positive_count,
        count(*) FILTER (WHERE answers.needs_answer) AS needs_answer_count,
        count(*) FILTER (WHERE answers.needs_answer AND answers.status = 'answered')
            AS answered_count,
        count(*) FILTER (
            WHERE
            answers.needs_answer
            AND answers.status = 'answered'
            AND answers.answered_by IN ('community', 'superuser')
        ) AS community_answered_count,
        count(*) FILTER (WHERE answers.needs_answer AND answers.status = 'settled')
            AS settled_count,
        count(*) FILTER (WHERE answers.needs_answer AND answers.status = 'unanswered')
            AS unanswered_count,
        count(*) FILTER (WHERE answers.needs_answer AND answers.status = 'holding')
            AS holding_count,
        count(*) FILTER (WHERE answers.needs_answer AND answers.status = 'deflected')
            AS deflected_count,
        count(*) FILTER (WHERE answers.needs_answer AND answers.status = 'reopened')
            AS reopened_count,
        count(*) FILTER (WHERE answers.status = 'deleted') AS deleted_count,
        median(answers.first_reply_seconds) FILTER (WHERE answers.needs_answer)
            AS first_reply_median_seconds,
        median(answers.first_answer_seconds) FILTER (WHERE answers.needs_answer)
            AS first_answer_median_seconds,
        median(answers.first_answer_open_seconds) FILTER (WHERE answers.needs_answer)
            AS first_answer_median_open_seconds
    FROM answers
    WHERE
        answers.created_at >= since_at
        AND answers.created_at < until_at
        AND NOT answers.is_repost
        AND answers.author_role IN ('community', 'superuser')
    GROUP BY ALL
);
CREATE VIEW daily_metrics AS
FROM daily_metrics_between('-infinity'::timestamptz, 'infinity'::timestamptz);
