-- What two models say of the same texts, as table `compared`; $old, $new: name and version.
-- grain of the result: one row per tag, what it was and what it became
CREATE OR REPLACE TEMP TABLE compared AS
WITH read_by_both AS (
    SELECT
        old.platform,
        old.post_id,
        unnest([
            { 'tag': 'lang', 'was': old.lang, 'became': new.lang },
            { 'tag': 'sentiment', 'was': old.sentiment, 'became': new.sentiment },
            { 'tag': 'complaint', 'was': old.complaint::VARCHAR, 'became': new.complaint::VARCHAR },
            { 'tag': 'question', 'was': old.question::VARCHAR, 'became': new.question::VARCHAR },
            { 'tag': 'praise', 'was': old.praise::VARCHAR, 'became': new.praise::VARCHAR },
            { 'tag': 'urgent', 'was': old.urgent::VARCHAR, 'became': new.urgent::VARCHAR },
            { 'tag': 'settled', 'was': old.settled::VARCHAR, 'became': new.settled::VARCHAR },
            { 'tag': 'reply_kind', 'was': old.reply_kind, 'became': new.reply_kind },
            {
                'tag': 'private_data',
                'was': array_to_string(list_sort(old.private_data), ','),
                'became': array_to_string(list_sort(new.private_data), ',')
            },
            {
                'tag': 'spill_over',
                'was': array_to_string(list_sort(old.spill_over), ','),
                'became': array_to_string(list_sort(new.spill_over), ',')
            }
        ]) AS change
    FROM tags AS old
    INNER JOIN tags AS new
        ON
            old.platform = new.platform
            AND old.post_id = new.post_id
            AND old.text_hash = new.text_hash
    WHERE old.model = $old AND new.model = $new
)

SELECT
    platform,
    post_id,
    change.tag,
    CASE change.was
        WHEN 'true' THEN 'yes' WHEN 'false' THEN 'no' ELSE coalesce(nullif(change.was, ''), 'none')
    END AS was,
    CASE change.became
        WHEN 'true' THEN 'yes'
        WHEN 'false' THEN 'no'
        ELSE coalesce(nullif(change.became, ''), 'none')
    END AS became
FROM read_by_both;

SELECT tag, was, became, count(*) AS post_count
FROM compared
GROUP BY ALL
ORDER BY ALL;
