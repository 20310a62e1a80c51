-- Notes the changed super-users and marks the threads that show one of them as dirty.
DELETE FROM superusers
USING changed_superusers AS changed
WHERE
    superusers.brand = changed.brand
    AND superusers.platform = changed.platform
    AND superusers.author_id = changed.author_id
    AND NOT changed.is_superuser;

INSERT INTO superusers
SELECT brand, platform, author_id FROM changed_superusers WHERE is_superuser;

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
