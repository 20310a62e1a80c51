-- What analysts and triage lists read. Every column is commented in 003_comments.sql.

-- The tags that count: of the model that was put to use last, with people's corrections on top.
CREATE VIEW current_tags AS
WITH newest AS (
    SELECT tags.*
    FROM tags
    LEFT JOIN model_runs USING (model)
    QUALIFY row_number() OVER (
        PARTITION BY tags.platform, tags.post_id
        ORDER BY model_runs.first_used_at DESC NULLS LAST, tags.tagged_at DESC
    ) = 1
)
SELECT * FROM newest;
