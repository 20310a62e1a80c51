-- Mentions with what people have done since the copy was made, how long they have waited at
-- `at_now` (UTC), and which lists each is in. `works` names a table with rows of `work`.
CREATE OR REPLACE TEMP MACRO desk_rows(works, at_now) AS TABLE (
    WITH clock AS (
        SELECT
            brand,
            max(
                open_before_seconds
                + date_diff('second', opens_at, least(at_now, closes_at))
            ) AS open_now
        FROM office_hours
        WHERE opens_at <= at_now
        GROUP BY brand
    ),

    done AS (
        FROM acts
        UNION ALL BY NAME
        SELECT done_at AS acted_at, done_by AS who, * EXCLUDE (done_at, done_by) FROM triage
    ),

    state AS (
        SELECT
            brand,
            platform,
            post_id,
            arg_max(coalesce(value, ''), acted_at) FILTER (WHERE action = 'assign') AS owner,
            arg_max(coalesce(value, ''), acted_at) FILTER (WHERE action = 'note') AS newest_note,
            max(acted_at) FILTER (WHERE action = 'snooze') AS snoozed_at,
            arg_max(until_at, acted_at) FILTER (WHERE action = 'snooze') AS snoozed_until,
            arg_max(action, acted_at) FILTER (WHERE action IN ('done', 'reopen')) AS last_act,
            max(acted_at) FILTER (WHERE action IN ('done', 'reopen')) AS last_act_at,
            arg_max(who, acted_at) FILTER (WHERE action IN ('done', 'reopen')) AS last_act_by
        FROM done
        WHERE action <> 'correct'
        GROUP BY ALL
    ),

    teams AS ( -- a mention is theirs, whoever of them takes it
        SELECT brand, owner FROM brand_routes
        UNION
        SELECT brand, 'service' AS owner FROM brands
    ),

    corrected AS (
        SELECT platform, post_id, field, value, acted_at FROM acts WHERE action = 'correct'
        UNION ALL
        SELECT platform, post_id, field, value, corrected_at FROM corrections
    ),

    words AS (
        SELECT platform, post_id, map_from_entries(list((field, value))) AS said
        FROM (
            SELECT platform, post_id, field, arg_max(value, acted_at) AS value
            FROM corrected
            GROUP BY ALL
        ) AS newest
        GROUP BY ALL
    ),

    joined AS (
        SELECT
            work.* REPLACE (
                coalesce(words.said['complaint']::boolean, work.complaint) AS complaint,
                coalesce(words.said['question']::boolean, work.question) AS question,
                coalesce(words.said['urgent']::boolean, work.urgent) AS urgent,
                coalesce(words.said['praise']::boolean, work.praise) AS praise,
                coalesce(words.said['settled']::boolean, work.settled) AS settled,
                coalesce(words.said['sentiment'], work.sentiment) AS sentiment,
                coalesce(words.said['lang'], work.lang) AS lang,
                CASE
                    WHEN words.said['private_data'] IS NULL THEN work.private_data
                    ELSE [w FOR w IN string_split(words.said['private_data'], ',') IF w <> '']
                END AS private_data,
                CASE
                    WHEN words.said['spill_over'] IS NULL THEN work.spill_over
                    ELSE [w FOR w IN string_split(words.said['spill_over'], ',') IF w <> '']
                END AS spill_over,
                nullif(state.owner, '') AS assigned_to,
                coalesce(nullif(state.owner, ''), work.routed_to) AS owner,
                nullif(state.newest_note, '') AS note,
                state.snoozed_until AS snoozed_until_at,
                CASE WHEN state.last_act = 'done' THEN state.last_act_at END AS done_at,
                CASE WHEN state.last_act = 'done' THEN state.last_act_by END AS done_by
            ),
            coalesce(teams.owner, work.routed_to) AS team,
            CASE WHEN teams.owner IS NULL THEN nullif(state.owner, '') END AS taken_by,
            coalesce(words.said['spam']::boolean, false) AS is_spam,
            coalesce(map_keys(words.said), []) AS corrected,
            words.said,
            len([
                f FOR f IN coalesce(map_keys(words.said), [])
                IF f IN ('complaint', 'question', 'urgent', 'spam')
            ]) > 0 AS is_reread,
            work.kind IN ('direct', 'owned')
            OR coalesce(
                brand_platforms.engage,
                CASE work.platform WHEN 'facebook' THEN 'direct' ELSE 'all' END
            ) = 'all' AS is_engaged
        FROM query_table(works) AS work
        LEFT JOIN state USING (brand, platform, post_id)
        LEFT JOIN words USING (platform, post_id)
        LEFT JOIN brand_platforms USING (brand, platform)
        LEFT JOIN teams ON work.brand = teams.brand AND state.owner = teams.owner
    ),

    judged AS (
        SELECT
            * REPLACE (
                CASE
                    WHEN is_spam OR status = 'deleted' THEN false
                    WHEN is_reread
                        THEN
                            (
                                coalesce(complaint, false)
                                OR coalesce(question, false)
                                OR coalesce(urgent, false)
                            )
                            AND is_engaged
                            AND follows_id IS NULL
                            AND NOT is_repost
                            AND author_role IN ('community', 'superuser')
                    ELSE needs_answer
                END AS needs_answer,
                [
                    r FOR r IN ['complaint', 'question', 'urgent', 'private_data', 'spill_over']
                    IF coalesce(said[r] NOT IN ('false', ''), list_contains(reasons, r))
                ] AS reasons
            ),
            reasons AS reasons_before,
            coalesce(snoozed_until_at > at_now, false) AS is_snoozed,
            coalesce(done_at >= opened_at, false) AS is_done
        FROM joined
    ),

    waiting AS (
        SELECT
            judged.* REPLACE (
                needs_answer
                AND NOT is_done
                AND status IN ('unanswered', 'holding', 'deflected', 'reopened') AS is_open
            ),
            date_diff('second', opened_at, at_now) AS plain_seconds,
            coalesce(
                clock.open_now - open_then, date_diff('second', opened_at, at_now)
            ) AS open_seconds,
            brands.answer_within_seconds
        FROM judged
        LEFT JOIN clock USING (brand)
        LEFT JOIN brands USING (brand)
    ),

    late AS ( -- what a person has made open has no due_at yet
        SELECT
            *,
            is_open
            AND coalesce(due_at <= at_now, open_seconds >= answer_within_seconds, false)
                AS is_overdue
        FROM waiting
    )

    SELECT
        * EXCLUDE (said, reasons_before, answer_within_seconds),
        hurt_score
        + 20 * is_overdue::integer
        + 40 * list_contains(reasons, 'urgent')::integer
        - 40 * list_contains(reasons_before, 'urgent')::integer
        + 30 * list_contains(reasons, 'private_data')::integer
        - 30 * list_contains(reasons_before, 'private_data')::integer
        + 15 * list_contains(reasons, 'complaint')::integer
        - 15 * list_contains(reasons_before, 'complaint')::integer
        + 10 * list_contains(reasons, 'spill_over')::integer
        - 10 * list_contains(reasons_before, 'spill_over')::integer AS hurt_points,
        [
            l FOR l IN [
                CASE WHEN is_open AND NOT is_snoozed THEN 'open' END,
                CASE WHEN is_overdue AND NOT is_snoozed THEN 'overdue' END,
                CASE
                    WHEN is_open AND NOT is_snoozed AND list_contains(reasons, 'complaint')
                        THEN 'complaints'
                END,
                CASE
                    WHEN is_open AND NOT is_snoozed AND list_contains(reasons, 'question')
                        THEN 'questions'
                END,
                CASE
                    WHEN is_open AND NOT is_snoozed AND list_contains(reasons, 'urgent')
                        THEN 'urgent'
                END,
                CASE
                    WHEN
                        len(private_data) > 0
                        AND status <> 'deleted'
                        AND NOT is_snoozed
                        AND NOT is_spam
                        AND coalesce(done_at < created_at, true)
                        THEN 'private_data'
                END,
                CASE WHEN is_open AND NOT is_snoozed AND status = 'reopened' THEN 'reopened' END,
                CASE WHEN is_open AND NOT is_snoozed AND status = 'deflected' THEN 'deflected' END,
                CASE WHEN is_open AND is_snoozed THEN 'snoozed' END,
                CASE WHEN is_done OR is_spam THEN 'done' END,
                CASE
                    WHEN
                        NOT needs_answer
                        AND NOT is_spam
                        AND follows_id IS NULL
                        AND NOT is_repost
                        AND NOT is_done
                        AND status <> 'deleted'
                        AND author_role IN ('community', 'superuser')
                        THEN 'listen'
                END
            ]
            IF l IS NOT NULL
        ] AS lists
    FROM late
);
