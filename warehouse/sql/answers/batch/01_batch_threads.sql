-- grain: one row per thread of this batch
-- parameters: $batch_no
CREATE OR REPLACE TEMP TABLE batch_threads AS
SELECT platform, thread_id FROM affected_threads WHERE batch_no = $batch_no;
