-- What was the case at a moment, worked out from what is known today.

-- A brand's mentions that need an answer as they stood at a moment, as far as the data tell: what
-- has been deleted since is gone, and of a case reopened later only its first answer is known.
-- status: as then; closed_how: answered, settled or done; closed_at, due_at, snoozed_until_at UTC.
CREATE MACRO cases_at(of_brand, at_time) AS TABLE (
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
CREATE MACRO worst_at(of_brand, since_at, at_time, most) AS TABLE (
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
            posts.author_id,
            hurt_points(
                waiting.reasons,
                waiting.status,
                waiting.kind,
                authors.follower_count,
                posts.like_count,
                posts.repost_count
            ) + 20 * waiting.is_overdue::integer AS points
        FROM waiting
        LEFT JOIN posts -- the time lets DuckDB skip the row groups of other days
            ON
                waiting.platform = posts.platform
                AND waiting.post_id = posts.post_id
                AND waiting.created_at = posts.created_at
        LEFT JOIN authors
            ON posts.platform = authors.platform AND posts.author_id = authors.author_id
        ORDER BY points DESC, waiting.opened_at, waiting.platform, waiting.post_id
        LIMIT most
    )

    SELECT
        worst.*,
        owners.owner_count,
        date_diff('second', worst.opened_at, at_time) AS plain_seconds,
        CASE
            WHEN clock_then.open_seconds IS NULL
                THEN date_diff('second', worst.opened_at, at_time)
            ELSE clock_then.open_seconds - coalesce(
                clock.open_before_seconds
                + date_diff('second', clock.opens_at, least(worst.opened_at, clock.closes_at)),
                0
            )
        END AS open_seconds
    FROM worst
    INNER JOIN owners USING (owner)
    CROSS JOIN clock_then
    ASOF LEFT JOIN clock ON worst.opened_at >= clock.opens_at
);
