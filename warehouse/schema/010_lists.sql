-- What lists read, now that one table shows everything.

-- One row per mention, with everything that a list shows.
CREATE OR REPLACE VIEW mention_status AS
SELECT
    answers.brand,
    answers.platform,
    answers.post_id,
    answers.thread_id,
    answers.follows_id,
    answers.kind,
    answers.author_role,
    answers.asker_id AS author_id,
    answers.author_handle,
    answers.author_name,
    answers.follower_count,
    answers.permalink,
    answers.text,
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
    answers.like_count,
    answers.repost_count,
    answers.view_count,
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
        answers.follower_count,
        answers.like_count,
        answers.repost_count
    ) AS hurt_score,
    answers.updated_at
FROM answers
LEFT JOIN triage_state
    ON
        answers.brand = triage_state.brand
        AND answers.platform = triage_state.platform
        AND answers.post_id = triage_state.post_id;

-- The mentions of a brand (NULL: of all) that wait at a moment and are not put aside, opened in
-- [from_time, to_time). mention: the columns that every list of them begins with.
CREATE MACRO waiting(of_brand, from_time, to_time, at_time) AS TABLE (
    WITH listed AS (
        SELECT
            *,
            due_at <= at_time AS is_overdue,
            (epoch_us(at_time) - epoch_us(opened_at)) // 1000000 AS waiting_seconds
        FROM open_mentions
        WHERE
            (of_brand IS NULL OR brand = of_brand)
            AND opened_at >= from_time
            AND opened_at < to_time
            AND coalesce(snoozed_until_at <= at_time, TRUE)
    )

    SELECT
        *,
        struct_pack(
            brand,
            platform,
            post_id,
            author_handle,
            text,
            status,
            reasons,
            opened_at,
            due_at,
            is_overdue,
            waiting_seconds,
            assigned_to,
            hurt_score,
            permalink
        ) AS mention
    FROM listed
);

-- A brand's mentions that need an answer as they stood at a moment, as far as the data tell: what
-- has been deleted since is gone, and of a case reopened later only its first answer is known.
-- status: as then; closed_how: answered, settled or done; closed_at, due_at, snoozed_until_at UTC.
CREATE OR REPLACE MACRO cases_at(of_brand, at_time) AS TABLE (
    WITH told AS (
        SELECT
            platform,
            head_id AS post_id,
            max(replied_at) FILTER (WHERE role = 'asker') AS settled_at,
            min(replied_at) FILTER (
                WHERE role IN ('own', 'agency', 'marketing')
                AND reply_kind = 'deflect'
                AND NOT is_answer
            ) AS deflected_at
        FROM replies
        WHERE brand = of_brand AND (role = 'asker' OR reply_kind = 'deflect')
        GROUP BY ALL
    ),

    acts AS (
        SELECT
            platform,
            post_id,
            nullif(arg_max(coalesce(value, ''), done_at) FILTER (WHERE action = 'assign'), '')
                AS assigned_to,
            arg_max(until_at, done_at) FILTER (WHERE action = 'snooze') AS snoozed_until_at,
            arg_max(action, done_at) FILTER (WHERE action IN ('done', 'reopen')) AS last_act,
            max(done_at) FILTER (WHERE action = 'done') AS done_at
        FROM triage
        WHERE brand = of_brand AND done_at <= at_time
        GROUP BY ALL
    ),

    waits AS (
        SELECT
            answers.brand,
            answers.platform,
            answers.post_id,
            answers.follower_count,
            answers.like_count,
            answers.repost_count,
            answers.created_at,
            answers.opened_at,
            answers.due_at,
            answers.first_reply_at,
            answers.status,
            answers.kind,
            answers.reasons,
            answers.private_data,
            answers.spill_over,
            answers.routed_to,
            answers.opened_at > at_time AS is_early,
            if(is_early, answers.created_at, answers.opened_at) AS waits_from,
            CASE
                WHEN is_early THEN answers.first_answer_at
                WHEN answers.status = 'settled' THEN told.settled_at
                WHEN answers.status = 'answered' THEN answers.answered_at
            END AS answer_at,
            CASE WHEN acts.last_act = 'done' AND acts.done_at >= waits_from THEN acts.done_at END
                AS ticked_at,
            told.deflected_at,
            acts.assigned_to,
            acts.snoozed_until_at
        FROM answers
        LEFT JOIN told USING (platform, post_id)
        LEFT JOIN acts USING (platform, post_id)
        WHERE
            answers.brand = of_brand
            AND answers.needs_answer
            AND answers.status <> 'deleted'
            AND answers.created_at <= at_time
    ),

    -- Until when a case might wait that was reopened after the moment.
    early AS (
        SELECT
            waits.platform,
            waits.post_id,
            brands.answer_within_seconds + coalesce(
                office_hours.open_before_seconds + date_diff(
                    'second', office_hours.opens_at,
                    least(waits.created_at, office_hours.closes_at)
                ),
                epoch(waits.created_at)
            ) AS target_seconds
        FROM waits
        INNER JOIN brands USING (brand)
        ASOF LEFT JOIN office_hours
            ON waits.brand = office_hours.brand AND waits.created_at >= office_hours.opens_at
        WHERE waits.is_early
    ),

    hours AS (
        SELECT opens_at, open_before_seconds
        FROM office_hours
        WHERE brand = of_brand
    ),

    early_due AS (
        SELECT
            early.platform,
            early.post_id,
            coalesce(
                hours.opens_at
                + to_seconds((early.target_seconds - hours.open_before_seconds)::bigint),
                make_timestamptz(1000000 * early.target_seconds::bigint)
            ) AS due_at
        FROM early
        ASOF LEFT JOIN hours
            ON early.target_seconds > hours.open_before_seconds
    ),

    closed AS (
        SELECT
            *,
            CASE WHEN least(answer_at, ticked_at) <= at_time THEN least(answer_at, ticked_at) END
                AS closed_at
        FROM waits
    )

    SELECT
        closed.platform,
        closed.post_id,
        closed.follower_count,
        closed.like_count,
        closed.repost_count,
        closed.created_at,
        closed.kind,
        closed.reasons,
        closed.private_data,
        closed.spill_over,
        closed.waits_from AS opened_at,
        CASE WHEN closed.is_early THEN early_due.due_at ELSE closed.due_at END AS due_at,
        CASE
            WHEN closed.closed_at IS NOT NULL AND closed.answer_at = closed.closed_at
                THEN if(closed.status = 'settled', 'settled', 'answered')
            WHEN closed.waits_from > closed.created_at THEN 'reopened'
            WHEN closed.deflected_at <= at_time THEN 'deflected'
            WHEN closed.first_reply_at <= at_time THEN 'holding'
            WHEN closed.first_reply_at IS NULL AND closed.status IN ('deflected', 'holding')
                THEN closed.status
            ELSE 'unanswered'
        END AS status,
        closed.closed_at,
        CASE
            WHEN closed.closed_at = closed.ticked_at THEN 'done'
            WHEN closed.closed_at IS NOT NULL
                THEN if(NOT closed.is_early AND closed.status = 'settled', 'settled', 'answered')
        END AS closed_how,
        coalesce(closed.snoozed_until_at > at_time, FALSE) AS is_snoozed,
        closed.assigned_to,
        coalesce(closed.assigned_to, closed.routed_to) AS owner
    FROM closed
    LEFT JOIN early_due USING (platform, post_id)
);

-- The mentions of a brand that waited at a moment and were not put aside, opened since another:
-- the first `most` of them by how much they hurt. open_seconds: waited in office hours;
-- owner_count: how many wait for the same owner, of all.
CREATE OR REPLACE MACRO worst_at(of_brand, since_at, at_time, most) AS TABLE (
    WITH clock AS (
        SELECT
            opens_at,
            closes_at,
            open_before_seconds
        FROM office_hours
        WHERE brand = of_brand
    ),

    clock_then AS ( -- NULL where the brand never closes
        SELECT
            max(open_before_seconds + date_diff('second', opens_at, least(at_time, closes_at)))
                AS open_seconds
        FROM clock
        WHERE opens_at <= at_time
    ),

    waiting AS (
        SELECT
            *,
            coalesce(due_at <= at_time, FALSE) AS is_overdue
        FROM cases_at(of_brand, at_time)
        WHERE closed_at IS NULL AND NOT is_snoozed AND opened_at >= since_at
    ),

    owners AS (
        SELECT
            owner,
            count(*) AS owner_count
        FROM waiting
        GROUP BY owner
    ),

    worst AS (
        SELECT
            waiting.*,
            hurt_points(
                waiting.reasons,
                waiting.status,
                waiting.kind,
                waiting.follower_count,
                waiting.like_count,
                waiting.repost_count
            ) + 20 * waiting.is_overdue::integer AS points
        FROM waiting
        ORDER BY points DESC, waiting.opened_at, waiting.platform, waiting.post_id
        LIMIT most
    )

    SELECT
        worst.platform,
        worst.post_id,
        answers.permalink,
        worst.kind,
        answers.author_handle,
        answers.author_name,
        worst.follower_count,
        answers.text,
        worst.created_at,
        worst.opened_at,
        worst.status,
        worst.reasons,
        worst.private_data,
        worst.spill_over,
        worst.assigned_to,
        worst.owner,
        owners.owner_count,
        worst.due_at,
        worst.is_overdue,
        CASE
            WHEN clock_then.open_seconds IS NULL
                THEN date_diff('second', worst.opened_at, at_time)
            ELSE clock_then.open_seconds - coalesce(
                clock.open_before_seconds
                + date_diff('second', clock.opens_at, least(worst.opened_at, clock.closes_at)),
                0
            )
        END AS open_seconds,
        date_diff('second', worst.opened_at, at_time) AS plain_seconds,
        worst.points AS hurt_score
    FROM worst
    INNER JOIN owners USING (owner)
    INNER JOIN answers -- words only of what is shown
        ON
            answers.brand = of_brand
            AND worst.platform = answers.platform
            AND worst.post_id = answers.post_id
            AND worst.created_at = answers.created_at
    CROSS JOIN clock_then
    ASOF LEFT JOIN clock ON worst.opened_at >= clock.opens_at
);
