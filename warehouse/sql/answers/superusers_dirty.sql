-- The threads that show somebody who became or ceased to be a super-user, as dirty ones.
DELETE FROM dirty_threads;

INSERT INTO dirty_threads
SELECT platform, thread_id
FROM replies
SEMI JOIN changed_superusers USING (brand, platform, author_id)
UNION
SELECT platform, thread_id
FROM answers
SEMI JOIN changed_superusers AS changed
    ON
        answers.brand = changed.brand
        AND answers.platform = changed.platform
        AND answers.asker_id = changed.author_id;
