-- The posts of each case in order, dated before the head at the head's time. What one author says
-- within ten minutes while the asker is silent is one reply in parts: its initials count for all.
-- grain: one row per case and node
CREATE OR REPLACE TEMP TABLE parts AS
WITH in_order AS (
    SELECT
        places.case_no,
        places.node,
        places.is_own,
        nodes.brand,
        nodes.post_id,
        nodes.author_id,
        nodes.role,
        nodes.is_company,
        nodes.parent_node,
        readings.reply_kind,
        readings.signature,
        readings.moved_private,
        greatest(nodes.created_at, cases.head_at) AS replied_at,
        row_number() OVER case_order AS seq,
        count(*) FILTER (WHERE places.is_own) OVER case_order AS asker_turn
    FROM places
    INNER JOIN nodes USING (node)
    INNER JOIN readings USING (node)
    INNER JOIN cases USING (case_no)
    WINDOW case_order AS (
        PARTITION BY places.case_no
        ORDER BY greatest(nodes.created_at, cases.head_at), nodes.created_at, nodes.post_id
        ROWS UNBOUNDED PRECEDING
    )
),

starts AS (
    SELECT
        *,
        is_own OR coalesce(
            epoch_us(replied_at) - lag(epoch_us(replied_at)) OVER author_order > 600000000, true
        ) AS is_start
    FROM in_order
    WINDOW author_order AS (
        PARTITION BY case_no, is_own, author_id, asker_turn ORDER BY seq
    )
),

grouped AS (
    SELECT
        *,
        max(CASE WHEN is_start THEN seq END) OVER (
            PARTITION BY case_no, is_own, author_id ORDER BY seq
            ROWS UNBOUNDED PRECEDING
        ) AS first_seq
    FROM starts
),

signed AS (
    SELECT
        * EXCLUDE (signature),
        max(signature) OVER (PARTITION BY case_no, first_seq) AS signature,
        first_value(post_id) OVER (PARTITION BY case_no, first_seq ORDER BY seq) AS first_id
    FROM grouped
),

signatures AS (
    SELECT
        brand,
        replace(lower(signature), ' ', '') AS signature,
        min(role) AS role
    FROM brand_signatures
    GROUP BY ALL
)

SELECT
    signed.* EXCLUDE (role, first_id, asker_turn, is_start),
    CASE
        WHEN signed.is_own THEN 'asker'
        WHEN signed.is_company THEN coalesce(signatures.role, signed.role)
        ELSE signed.role
    END AS role,
    nullif(signed.first_id, signed.post_id) AS part_of_id
FROM signed
LEFT JOIN signatures
    ON
        signed.brand = signatures.brand
        AND replace(signed.signature, ' ', '') = signatures.signature;
