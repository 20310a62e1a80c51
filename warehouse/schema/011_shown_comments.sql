-- noqa: disable=LT02,LT05
-- What the new columns of `answers` mean; and, since the view is a new one, all of mention_status.

COMMENT ON COLUMN answers.author_handle IS 'Handle of the author, without @';
COMMENT ON COLUMN answers.author_name IS 'Display name of the author';
COMMENT ON COLUMN answers.follower_count IS 'Followers of the author when last seen';
COMMENT ON COLUMN answers.permalink IS 'Address of the post';
COMMENT ON COLUMN answers.text IS
    'As written; NULL once the post is deleted, its author forgotten, or retention has passed';
COMMENT ON COLUMN answers.like_count IS 'Likes when last seen; NULL where hidden';
COMMENT ON COLUMN answers.repost_count IS 'Reposts when last seen; NULL where hidden';
COMMENT ON COLUMN answers.view_count IS 'Views when last seen; NULL where hidden';

COMMENT ON VIEW mention_status IS
    'One row per mention with everything that a list shows.';
COMMENT ON COLUMN mention_status.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN mention_status.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN mention_status.post_id IS 'The platform''s id of the post; unique with platform';
COMMENT ON COLUMN mention_status.thread_id IS
    'Id of the thread''s first post, as far as links lead';
COMMENT ON COLUMN mention_status.follows_id IS
    'Head of the case that this later mention of the same asker belongs to; NULL for heads';
COMMENT ON COLUMN mention_status.kind IS
    'How the post concerns the brand: direct (addressed), hashtag, name, or owned (under the brand''s own post)';
COMMENT ON COLUMN mention_status.author_role IS
    'Role of the author for this brand: own, agency, marketing, superuser, community';
COMMENT ON COLUMN mention_status.author_id IS
    'The platform''s id of the account; NULL once deleted or forgotten';
COMMENT ON COLUMN mention_status.author_handle IS 'Handle of the author, without @';
COMMENT ON COLUMN mention_status.author_name IS 'Display name of the author';
COMMENT ON COLUMN mention_status.follower_count IS 'Followers of the author when last seen';
COMMENT ON COLUMN mention_status.permalink IS 'Address of the post';
COMMENT ON COLUMN mention_status.text IS
    'As written; NULL once the post is deleted, its author forgotten, or retention has passed';
COMMENT ON COLUMN mention_status.created_at IS 'When it was posted, UTC';
COMMENT ON COLUMN mention_status.local_at IS 'created_at on the brand''s clock, without zone';
COMMENT ON COLUMN mention_status.lang IS 'Language of the text (de, en …)';
COMMENT ON COLUMN mention_status.sentiment IS 'negative, neutral or positive';
COMMENT ON COLUMN mention_status.negative_score IS 'Confidence in negative, 0 to 1';
COMMENT ON COLUMN mention_status.neutral_score IS 'Confidence in neutral, 0 to 1';
COMMENT ON COLUMN mention_status.positive_score IS 'Confidence in positive, 0 to 1';
COMMENT ON COLUMN mention_status.complaint IS 'Whether it complains; NULL: not read yet';
COMMENT ON COLUMN mention_status.question IS 'Whether it asks; NULL: not read yet';
COMMENT ON COLUMN mention_status.praise IS 'Whether it praises or thanks; NULL: not read yet';
COMMENT ON COLUMN mention_status.urgent IS 'Whether it cannot wait; NULL: not read yet';
COMMENT ON COLUMN mention_status.settled IS
    'Whether the author says that the matter is solved or withdrawn; NULL: not read yet';
COMMENT ON COLUMN mention_status.complaint_score IS 'Confidence in complaint, 0 to 1';
COMMENT ON COLUMN mention_status.question_score IS 'Confidence in question, 0 to 1';
COMMENT ON COLUMN mention_status.praise_score IS 'Confidence in praise, 0 to 1';
COMMENT ON COLUMN mention_status.urgent_score IS 'Confidence in urgent, 0 to 1';
COMMENT ON COLUMN mention_status.private_data IS
    'Kinds of private data shown: iban, card, phone, email, address, contract, plate';
COMMENT ON COLUMN mention_status.spill_over IS
    'Channels that failed the customer first: hotline, email, form, shop, app';
COMMENT ON COLUMN mention_status.hashtags IS 'Hashtags of the text, lower case, without #';
COMMENT ON COLUMN mention_status.has_threat IS
    'Whether the asker, in the head or later, threatens with lawyers, regulators, the press, or to leave';
COMMENT ON COLUMN mention_status.addressed_role IS
    'Role of the company account that is spoken to: own, agency, marketing; NULL: none';
COMMENT ON COLUMN mention_status.addressed_handle IS 'And that account''s handle, lower case';
COMMENT ON COLUMN mention_status.routed_to IS
    'Owner by the watch-list''s routing; service where no rule fits';
COMMENT ON COLUMN mention_status.needs_answer IS
    'Whether it is the head of a case that needs an answer: a complaint, question or urgent matter that the brand engages in';
COMMENT ON COLUMN mention_status.reasons IS
    'Why it matters, over all posts of the asker in the case: complaint, question, urgent, private_data, spill_over';
COMMENT ON COLUMN mention_status.status IS
    'unanswered, holding (company replied without substance), deflected (sent elsewhere), answered, settled (by the asker), reopened (asked again after the answer), deleted';
COMMENT ON COLUMN mention_status.is_open IS
    'Whether it needs an answer, has none that stands, and nobody has marked it as done since';
COMMENT ON COLUMN mention_status.answered_by IS
    'Who gave the answer that stands: own, agency, marketing, superuser, community';
COMMENT ON COLUMN mention_status.opened_at IS
    'When the wait began, UTC: the post, or the asker''s word that reopened it';
COMMENT ON COLUMN mention_status.due_at IS
    'When the brand''s answer_within has run out in office hours since opened_at, UTC; NULL where none is needed';
COMMENT ON COLUMN mention_status.reopened_count IS
    'How often the asker came back after an answer or settlement';
COMMENT ON COLUMN mention_status.first_reply_at IS
    'First reply of any kind by a company account, UTC';
COMMENT ON COLUMN mention_status.first_reply_by IS 'Its role: own, agency, marketing';
COMMENT ON COLUMN mention_status.first_answer_at IS
    'First substantive answer by anyone, UTC, reopened later or not';
COMMENT ON COLUMN mention_status.answered_at IS 'First answer since opened_at, UTC';
COMMENT ON COLUMN mention_status.first_reply_seconds IS
    'Post to first company reply; NULL without one';
COMMENT ON COLUMN mention_status.first_answer_seconds IS
    'Post to first answer by anyone; NULL without one';
COMMENT ON COLUMN mention_status.answer_seconds IS
    'opened_at to answered_at; NULL without an answer';
COMMENT ON COLUMN mention_status.first_reply_open_seconds IS
    'first_reply_seconds in office hours only';
COMMENT ON COLUMN mention_status.first_answer_open_seconds IS
    'first_answer_seconds in office hours only';
COMMENT ON COLUMN mention_status.answer_open_seconds IS 'answer_seconds in office hours only';
COMMENT ON COLUMN mention_status.moved_private IS
    'Whether a company reply announces that the rest is said in private';
COMMENT ON COLUMN mention_status.reply_count IS 'Replies of others that are known';
COMMENT ON COLUMN mention_status.is_repost IS 'Whether it only repeats another post';
COMMENT ON COLUMN mention_status.like_count IS 'Likes when last seen; NULL where hidden';
COMMENT ON COLUMN mention_status.repost_count IS 'Reposts when last seen; NULL where hidden';
COMMENT ON COLUMN mention_status.view_count IS 'Views when last seen; NULL where hidden';
COMMENT ON COLUMN mention_status.assigned_to IS 'Who works on it';
COMMENT ON COLUMN mention_status.owner IS
    'Who is to answer: who is assigned on the triage page, else routed_to';
COMMENT ON COLUMN mention_status.note IS 'The newest note';
COMMENT ON COLUMN mention_status.snoozed_until_at IS 'Put aside until then, UTC';
COMMENT ON COLUMN mention_status.done_at IS 'When somebody marked it as done, UTC';
COMMENT ON COLUMN mention_status.done_by IS 'Who marked it as done';
COMMENT ON COLUMN mention_status.hurt_score IS
    'Points for what makes waiting worse: urgent 40, private data 30, reopened 20, complaint 15, spill-over 10, direct address 5, up to 20 each for followers and echo';
COMMENT ON COLUMN mention_status.updated_at IS 'When anything of the row last changed, UTC';
