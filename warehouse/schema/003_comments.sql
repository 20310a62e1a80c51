-- What every table, view and column means; `horch schema` prints it.

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

COMMENT ON VIEW open_mentions IS
    'The rows of mention_status that wait for somebody.';
COMMENT ON COLUMN open_mentions.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN open_mentions.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN open_mentions.post_id IS 'The platform''s id of the post; unique with platform';
COMMENT ON COLUMN open_mentions.thread_id IS 'Id of the thread''s first post, as far as links lead';
COMMENT ON COLUMN open_mentions.follows_id IS
    'Head of the case that this later mention of the same asker belongs to; NULL for heads';
COMMENT ON COLUMN open_mentions.kind IS
    'How the post concerns the brand: direct (addressed), hashtag, name, or owned (under the brand''s own post)';
COMMENT ON COLUMN open_mentions.author_role IS
    'Role of the author for this brand: own, agency, marketing, superuser, community';
COMMENT ON COLUMN open_mentions.author_id IS
    'The platform''s id of the account; NULL once deleted or forgotten';
COMMENT ON COLUMN open_mentions.author_handle IS 'Handle of the author, without @';
COMMENT ON COLUMN open_mentions.author_name IS 'Display name of the author';
COMMENT ON COLUMN open_mentions.follower_count IS 'Followers of the author when last seen';
COMMENT ON COLUMN open_mentions.permalink IS 'Address of the post';
COMMENT ON COLUMN open_mentions.text IS
    'As written; NULL once the post is deleted, its author forgotten, or retention has passed';
COMMENT ON COLUMN open_mentions.created_at IS 'When it was posted, UTC';
COMMENT ON COLUMN open_mentions.local_at IS 'created_at on the brand''s clock, without zone';
COMMENT ON COLUMN open_mentions.lang IS 'Language of the text (de, en …)';
COMMENT ON COLUMN open_mentions.sentiment IS 'negative, neutral or positive';
COMMENT ON COLUMN open_mentions.negative_score IS 'Confidence in negative, 0 to 1';
COMMENT ON COLUMN open_mentions.neutral_score IS 'Confidence in neutral, 0 to 1';
COMMENT ON COLUMN open_mentions.positive_score IS 'Confidence in positive, 0 to 1';
COMMENT ON COLUMN open_mentions.complaint IS 'Whether it complains; NULL: not read yet';
COMMENT ON COLUMN open_mentions.question IS 'Whether it asks; NULL: not read yet';
COMMENT ON COLUMN open_mentions.praise IS 'Whether it praises or thanks; NULL: not read yet';
COMMENT ON COLUMN open_mentions.urgent IS 'Whether it cannot wait; NULL: not read yet';
COMMENT ON COLUMN open_mentions.settled IS
    'Whether the author says that the matter is solved or withdrawn; NULL: not read yet';
COMMENT ON COLUMN open_mentions.complaint_score IS 'Confidence in complaint, 0 to 1';
COMMENT ON COLUMN open_mentions.question_score IS 'Confidence in question, 0 to 1';
COMMENT ON COLUMN open_mentions.praise_score IS 'Confidence in praise, 0 to 1';
COMMENT ON COLUMN open_mentions.urgent_score IS 'Confidence in urgent, 0 to 1';
COMMENT ON COLUMN open_mentions.private_data IS
    'Kinds of private data shown: iban, card, phone, email, address, contract, plate';
COMMENT ON COLUMN open_mentions.spill_over IS
    'Channels that failed the customer first: hotline, email, form, shop, app';
COMMENT ON COLUMN open_mentions.hashtags IS 'Hashtags of the text, lower case, without #';
COMMENT ON COLUMN open_mentions.has_threat IS
    'Whether the asker, in the head or later, threatens with lawyers, regulators, the press, or to leave';
COMMENT ON COLUMN open_mentions.addressed_role IS
    'Role of the company account that is spoken to: own, agency, marketing; NULL: none';
COMMENT ON COLUMN open_mentions.addressed_handle IS 'And that account''s handle, lower case';
COMMENT ON COLUMN open_mentions.routed_to IS
    'Owner by the watch-list''s routing; service where no rule fits';
COMMENT ON COLUMN open_mentions.needs_answer IS
    'Whether it is the head of a case that needs an answer: a complaint, question or urgent matter that the brand engages in';
COMMENT ON COLUMN open_mentions.reasons IS
    'Why it matters, over all posts of the asker in the case: complaint, question, urgent, private_data, spill_over';
COMMENT ON COLUMN open_mentions.status IS
    'unanswered, holding (company replied without substance), deflected (sent elsewhere), answered, settled (by the asker), reopened (asked again after the answer), deleted';
COMMENT ON COLUMN open_mentions.is_open IS
    'Whether it needs an answer, has none that stands, and nobody has marked it as done since';
COMMENT ON COLUMN open_mentions.answered_by IS
    'Who gave the answer that stands: own, agency, marketing, superuser, community';
COMMENT ON COLUMN open_mentions.opened_at IS
    'When the wait began, UTC: the post, or the asker''s word that reopened it';
COMMENT ON COLUMN open_mentions.due_at IS
    'When the brand''s answer_within has run out in office hours since opened_at, UTC; NULL where none is needed';
COMMENT ON COLUMN open_mentions.reopened_count IS
    'How often the asker came back after an answer or settlement';
COMMENT ON COLUMN open_mentions.first_reply_at IS
    'First reply of any kind by a company account, UTC';
COMMENT ON COLUMN open_mentions.first_reply_by IS 'Its role: own, agency, marketing';
COMMENT ON COLUMN open_mentions.first_answer_at IS
    'First substantive answer by anyone, UTC, reopened later or not';
COMMENT ON COLUMN open_mentions.answered_at IS 'First answer since opened_at, UTC';
COMMENT ON COLUMN open_mentions.first_reply_seconds IS
    'Post to first company reply; NULL without one';
COMMENT ON COLUMN open_mentions.first_answer_seconds IS
    'Post to first answer by anyone; NULL without one';
COMMENT ON COLUMN open_mentions.answer_seconds IS
    'opened_at to answered_at; NULL without an answer';
COMMENT ON COLUMN open_mentions.first_reply_open_seconds IS
    'first_reply_seconds in office hours only';
COMMENT ON COLUMN open_mentions.first_answer_open_seconds IS
    'first_answer_seconds in office hours only';
COMMENT ON COLUMN open_mentions.answer_open_seconds IS 'answer_seconds in office hours only';
COMMENT ON COLUMN open_mentions.moved_private IS
    'Whether a company reply announces that the rest is said in private';
COMMENT ON COLUMN open_mentions.reply_count IS 'Replies of others that are known';
COMMENT ON COLUMN open_mentions.is_repost IS 'Whether it only repeats another post';
COMMENT ON COLUMN open_mentions.like_count IS 'Likes when last seen; NULL where hidden';
COMMENT ON COLUMN open_mentions.repost_count IS 'Reposts when last seen; NULL where hidden';
COMMENT ON COLUMN open_mentions.view_count IS 'Views when last seen; NULL where hidden';
COMMENT ON COLUMN open_mentions.assigned_to IS 'Who works on it';
COMMENT ON COLUMN open_mentions.owner IS
    'Who is to answer: who is assigned on the triage page, else routed_to';
COMMENT ON COLUMN open_mentions.note IS 'The newest note';
COMMENT ON COLUMN open_mentions.snoozed_until_at IS 'Put aside until then, UTC';
COMMENT ON COLUMN open_mentions.done_at IS 'When somebody marked it as done, UTC';
COMMENT ON COLUMN open_mentions.done_by IS 'Who marked it as done';
COMMENT ON COLUMN open_mentions.hurt_score IS
    'Points for what makes waiting worse: urgent 40, private data 30, reopened 20, complaint 15, spill-over 10, direct address 5, up to 20 each for followers and echo';
COMMENT ON COLUMN open_mentions.updated_at IS 'When anything of the row last changed, UTC';

COMMENT ON VIEW daily_metrics IS
    'One row per brand, platform and day in the brand''s time zone: what came in, and what became of it by now. Reposts and the company''s own posts are left out.';
COMMENT ON COLUMN daily_metrics.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN daily_metrics.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN daily_metrics.day IS 'Local day of the brand';
COMMENT ON COLUMN daily_metrics.mention_count IS 'Mentions posted that day';
COMMENT ON COLUMN daily_metrics.author_count IS 'Different authors';
COMMENT ON COLUMN daily_metrics.complaint_count IS 'Complaints';
COMMENT ON COLUMN daily_metrics.question_count IS 'Questions';
COMMENT ON COLUMN daily_metrics.praise_count IS 'Praise';
COMMENT ON COLUMN daily_metrics.urgent_count IS 'Urgent ones';
COMMENT ON COLUMN daily_metrics.private_data_count IS 'With private data in public';
COMMENT ON COLUMN daily_metrics.spill_over_count IS 'After another channel failed';
COMMENT ON COLUMN daily_metrics.negative_count IS 'Of negative sentiment';
COMMENT ON COLUMN daily_metrics.positive_count IS 'Of positive sentiment';
COMMENT ON COLUMN daily_metrics.needs_answer_count IS 'Cases that need an answer';
COMMENT ON COLUMN daily_metrics.answered_count IS 'Of these answered, by anyone';
COMMENT ON COLUMN daily_metrics.community_answered_count IS
    'Of these answered by members or super-users';
COMMENT ON COLUMN daily_metrics.settled_count IS 'Of these settled by the asker';
COMMENT ON COLUMN daily_metrics.unanswered_count IS 'Of these without any reply';
COMMENT ON COLUMN daily_metrics.holding_count IS 'Of these with a reply without substance';
COMMENT ON COLUMN daily_metrics.deflected_count IS 'Of these sent elsewhere';
COMMENT ON COLUMN daily_metrics.reopened_count IS 'Of these reopened and open';
COMMENT ON COLUMN daily_metrics.deleted_count IS 'Mentions that were deleted since';
COMMENT ON COLUMN daily_metrics.first_reply_median_seconds IS
    'Median of first_reply_seconds of those that got one';
COMMENT ON COLUMN daily_metrics.first_answer_median_seconds IS
    'Median of first_answer_seconds of those that got one';
COMMENT ON COLUMN daily_metrics.first_answer_median_open_seconds IS 'The same in office hours only';

COMMENT ON TABLE answers IS
    'One row per mention: tags, status, who answered and how fast. Metrics read it; lists read the view mention_status.';
COMMENT ON COLUMN answers.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN answers.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN answers.post_id IS 'The platform''s id of the post; unique with platform';
COMMENT ON COLUMN answers.thread_id IS 'Id of the thread''s first post, as far as links lead';
COMMENT ON COLUMN answers.follows_id IS
    'Head of the case that this later mention of the same asker belongs to; NULL for heads';
COMMENT ON COLUMN answers.asker_id IS 'The author; NULL once deleted or forgotten';
COMMENT ON COLUMN answers.author_role IS
    'Role of the author for this brand: own, agency, marketing, superuser, community';
COMMENT ON COLUMN answers.kind IS
    'How the post concerns the brand: direct (addressed), hashtag, name, or owned (under the brand''s own post)';
COMMENT ON COLUMN answers.is_repost IS 'Whether it only repeats another post';
COMMENT ON COLUMN answers.created_at IS 'When it was posted, UTC';
COMMENT ON COLUMN answers.local_at IS 'created_at on the brand''s clock, without zone';
COMMENT ON COLUMN answers.lang IS 'Language of the text (de, en …)';
COMMENT ON COLUMN answers.sentiment IS 'negative, neutral or positive';
COMMENT ON COLUMN answers.complaint IS 'Whether it complains; NULL: not read yet';
COMMENT ON COLUMN answers.question IS 'Whether it asks; NULL: not read yet';
COMMENT ON COLUMN answers.praise IS 'Whether it praises or thanks; NULL: not read yet';
COMMENT ON COLUMN answers.urgent IS 'Whether it cannot wait; NULL: not read yet';
COMMENT ON COLUMN answers.settled IS
    'Whether the author says that the matter is solved or withdrawn; NULL: not read yet';
COMMENT ON COLUMN answers.negative_score IS 'Confidence in negative, 0 to 1';
COMMENT ON COLUMN answers.neutral_score IS 'Confidence in neutral, 0 to 1';
COMMENT ON COLUMN answers.positive_score IS 'Confidence in positive, 0 to 1';
COMMENT ON COLUMN answers.complaint_score IS 'Confidence in complaint, 0 to 1';
COMMENT ON COLUMN answers.question_score IS 'Confidence in question, 0 to 1';
COMMENT ON COLUMN answers.praise_score IS 'Confidence in praise, 0 to 1';
COMMENT ON COLUMN answers.urgent_score IS 'Confidence in urgent, 0 to 1';
COMMENT ON COLUMN answers.private_data IS
    'Kinds of private data shown: iban, card, phone, email, address, contract, plate';
COMMENT ON COLUMN answers.spill_over IS
    'Channels that failed the customer first: hotline, email, form, shop, app';
COMMENT ON COLUMN answers.hashtags IS 'Hashtags of the text, lower case, without #';
COMMENT ON COLUMN answers.question_terms IS 'Word stems of what a question is about';
COMMENT ON COLUMN answers.topics IS 'What it is about: up to five words in their base form';
COMMENT ON COLUMN answers.has_threat IS
    'Whether the asker, in the head or later, threatens with lawyers, regulators, the press, or to leave';
COMMENT ON COLUMN answers.addressed_role IS
    'Role of the company account that is spoken to: own, agency, marketing; NULL: none';
COMMENT ON COLUMN answers.addressed_handle IS 'And that account''s handle, lower case';
COMMENT ON COLUMN answers.routed_to IS
    'Owner by the watch-list''s routing; service where no rule fits';
COMMENT ON COLUMN answers.needs_answer IS
    'Whether it is the head of a case that needs an answer: a complaint, question or urgent matter that the brand engages in';
COMMENT ON COLUMN answers.reasons IS
    'Why it matters, over all posts of the asker in the case: complaint, question, urgent, private_data, spill_over';
COMMENT ON COLUMN answers.status IS
    'unanswered, holding (company replied without substance), deflected (sent elsewhere), answered, settled (by the asker), reopened (asked again after the answer), deleted';
COMMENT ON COLUMN answers.answered_by IS
    'Who gave the answer that stands: own, agency, marketing, superuser, community';
COMMENT ON COLUMN answers.opened_at IS
    'When the wait began, UTC: the post, or the asker''s word that reopened it';
COMMENT ON COLUMN answers.due_at IS
    'When the brand''s answer_within has run out in office hours since opened_at, UTC; NULL where none is needed';
COMMENT ON COLUMN answers.reopened_count IS
    'How often the asker came back after an answer or settlement';
COMMENT ON COLUMN answers.first_reply_at IS 'First reply of any kind by a company account, UTC';
COMMENT ON COLUMN answers.first_reply_by IS 'Its role: own, agency, marketing';
COMMENT ON COLUMN answers.first_answer_at IS
    'First substantive answer by anyone, UTC, reopened later or not';
COMMENT ON COLUMN answers.answered_at IS 'First answer since opened_at, UTC';
COMMENT ON COLUMN answers.first_reply_seconds IS 'Post to first company reply; NULL without one';
COMMENT ON COLUMN answers.first_answer_seconds IS
    'Post to first answer by anyone; NULL without one';
COMMENT ON COLUMN answers.answer_seconds IS 'opened_at to answered_at; NULL without an answer';
COMMENT ON COLUMN answers.first_reply_open_seconds IS 'first_reply_seconds in office hours only';
COMMENT ON COLUMN answers.first_answer_open_seconds IS 'first_answer_seconds in office hours only';
COMMENT ON COLUMN answers.answer_open_seconds IS 'answer_seconds in office hours only';
COMMENT ON COLUMN answers.moved_private IS
    'Whether a company reply announces that the rest is said in private';
COMMENT ON COLUMN answers.reply_count IS 'Replies of others that are known';
COMMENT ON COLUMN answers.updated_at IS 'When anything of the row last changed, UTC';

COMMENT ON TABLE replies IS
    'What was said in each case after its head: by the company, by others, and by the asker (role asker). A case is one asker of one brand in one thread.';
COMMENT ON COLUMN replies.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN replies.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN replies.thread_id IS 'Id of the thread''s first post, as far as links lead';
COMMENT ON COLUMN replies.head_id IS 'post_id of the case''s head';
COMMENT ON COLUMN replies.post_id IS 'The reply';
COMMENT ON COLUMN replies.author_id IS
    'The platform''s id of the account; NULL once deleted or forgotten';
COMMENT ON COLUMN replies.role IS 'Who speaks: own, agency, marketing, superuser, community, asker';
COMMENT ON COLUMN replies.reply_kind IS
    'What it does as a reply: answer, ask, holding, deflect, social; NULL: not read yet';
COMMENT ON COLUMN replies.signature IS 'Initials at the end of a company reply, lower case';
COMMENT ON COLUMN replies.replied_at IS 'UTC; never before the head';
COMMENT ON COLUMN replies.part_of_id IS 'First part of a split reply that this one continues';
COMMENT ON COLUMN replies.is_answer IS 'Whether it answers the matter';
COMMENT ON COLUMN replies.is_helpful IS
    'Whether the asker or another member thanked for it or confirmed it';
COMMENT ON COLUMN replies.moved_private IS 'Announces that the rest is said in private';
COMMENT ON COLUMN replies.reaction_seconds IS 'Of company replies: since the asker''s last word';
COMMENT ON COLUMN replies.reaction_open_seconds IS 'reaction_seconds in office hours only';
COMMENT ON COLUMN replies.text_key IS 'Equal for equal wording of company replies';

COMMENT ON TABLE posts IS
    'Everything that was collected or imported, one row per post; text and author go when it is deleted or past retention.';
COMMENT ON COLUMN posts.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN posts.post_id IS 'The platform''s id of the post; unique with platform';
COMMENT ON COLUMN posts.author_id IS
    'The platform''s id of the account; NULL once deleted or forgotten';
COMMENT ON COLUMN posts.text IS
    'As written; NULL once the post is deleted, its author forgotten, or retention has passed';
COMMENT ON COLUMN posts.created_at IS 'When it was posted, UTC';
COMMENT ON COLUMN posts.permalink IS 'Address of the post';
COMMENT ON COLUMN posts.reply_to_id IS 'Post that it answers';
COMMENT ON COLUMN posts.root_id IS 'The thread''s first post as the platform says';
COMMENT ON COLUMN posts.repost_of_id IS 'Post that it repeats';
COMMENT ON COLUMN posts.quote_of_id IS 'Post that it quotes';
COMMENT ON COLUMN posts.thread_id IS 'Id of the thread''s first post, as far as links lead';
COMMENT ON COLUMN posts.parent_id IS 'Post that it answers, else quotes; may be unknown here';
COMMENT ON COLUMN posts.lang IS 'The platform''s guess of the language';
COMMENT ON COLUMN posts.like_count IS 'Likes when last seen; NULL where hidden';
COMMENT ON COLUMN posts.reply_count IS 'Replies as the platform counts them; NULL where hidden';
COMMENT ON COLUMN posts.repost_count IS 'Reposts when last seen; NULL where hidden';
COMMENT ON COLUMN posts.view_count IS 'Views when last seen; NULL where hidden';
COMMENT ON COLUMN posts.first_seen_at IS 'When it was collected first, UTC';
COMMENT ON COLUMN posts.updated_at IS 'When anything of the row last changed, UTC';
COMMENT ON COLUMN posts.checked_at IS 'When the platform last showed it, UTC; NULL: only imported';
COMMENT ON COLUMN posts.edited_at IS 'When it was last edited, UTC';
COMMENT ON COLUMN posts.deleted_at IS 'When it was found deleted, UTC';

COMMENT ON TABLE authors IS
    'Accounts as they were last seen.';
COMMENT ON COLUMN authors.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN authors.author_id IS
    'The platform''s id of the account; NULL once deleted or forgotten';
COMMENT ON COLUMN authors.handle IS 'As written, without @';
COMMENT ON COLUMN authors.name IS 'Display name';
COMMENT ON COLUMN authors.follower_count IS 'Followers when last seen';
COMMENT ON COLUMN authors.first_seen_at IS 'When it was collected first, UTC';
COMMENT ON COLUMN authors.updated_at IS 'When it was last seen, UTC';

COMMENT ON TABLE mentions IS
    'Which posts concern which brand.';
COMMENT ON COLUMN mentions.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN mentions.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN mentions.post_id IS 'The platform''s id of the post; unique with platform';
COMMENT ON COLUMN mentions.kind IS
    'How the post concerns the brand: direct (addressed), hashtag, name, or owned (under the brand''s own post)';
COMMENT ON COLUMN mentions.is_imported IS
    'Handed in for the brand: stays a mention whatever the terms say';
COMMENT ON COLUMN mentions.first_seen_at IS 'When it was collected first, UTC';

COMMENT ON TABLE tags IS
    'What the models read from texts, one row per post and model.';
COMMENT ON COLUMN tags.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN tags.post_id IS 'The platform''s id of the post; unique with platform';
COMMENT ON COLUMN tags.model IS 'Name and version of the model';
COMMENT ON COLUMN tags.text_hash IS 'MD5 of the text that was read';
COMMENT ON COLUMN tags.lang IS 'Language of the text (de, en …)';
COMMENT ON COLUMN tags.sentiment IS 'negative, neutral or positive';
COMMENT ON COLUMN tags.negative_score IS 'Confidence in negative, 0 to 1';
COMMENT ON COLUMN tags.neutral_score IS 'Confidence in neutral, 0 to 1';
COMMENT ON COLUMN tags.positive_score IS 'Confidence in positive, 0 to 1';
COMMENT ON COLUMN tags.complaint IS 'Whether it complains; NULL: not read yet';
COMMENT ON COLUMN tags.question IS 'Whether it asks; NULL: not read yet';
COMMENT ON COLUMN tags.praise IS 'Whether it praises or thanks; NULL: not read yet';
COMMENT ON COLUMN tags.urgent IS 'Whether it cannot wait; NULL: not read yet';
COMMENT ON COLUMN tags.settled IS
    'Whether the author says that the matter is solved or withdrawn; NULL: not read yet';
COMMENT ON COLUMN tags.complaint_score IS 'Confidence in complaint, 0 to 1';
COMMENT ON COLUMN tags.question_score IS 'Confidence in question, 0 to 1';
COMMENT ON COLUMN tags.praise_score IS 'Confidence in praise, 0 to 1';
COMMENT ON COLUMN tags.urgent_score IS 'Confidence in urgent, 0 to 1';
COMMENT ON COLUMN tags.private_data IS
    'Kinds of private data shown: iban, card, phone, email, address, contract, plate';
COMMENT ON COLUMN tags.spill_over IS
    'Channels that failed the customer first: hotline, email, form, shop, app';
COMMENT ON COLUMN tags.topics IS 'What it is about: up to five words in their base form';
COMMENT ON COLUMN tags.reply_kind IS
    'What it does as a reply: answer, ask, holding, deflect, social; NULL: not read yet';
COMMENT ON COLUMN tags.tagged_at IS 'When the tags were loaded, UTC';

COMMENT ON VIEW current_tags IS
    'The tags that count: of the model used last, with people''s corrections on top.';
COMMENT ON COLUMN current_tags.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN current_tags.post_id IS 'The platform''s id of the post; unique with platform';
COMMENT ON COLUMN current_tags.model IS 'Name and version of the model';
COMMENT ON COLUMN current_tags.text_hash IS 'MD5 of the text that was read';
COMMENT ON COLUMN current_tags.lang IS 'Language of the text (de, en …)';
COMMENT ON COLUMN current_tags.sentiment IS 'negative, neutral or positive';
COMMENT ON COLUMN current_tags.negative_score IS 'Confidence in negative, 0 to 1';
COMMENT ON COLUMN current_tags.neutral_score IS 'Confidence in neutral, 0 to 1';
COMMENT ON COLUMN current_tags.positive_score IS 'Confidence in positive, 0 to 1';
COMMENT ON COLUMN current_tags.complaint IS 'Whether it complains; NULL: not read yet';
COMMENT ON COLUMN current_tags.question IS 'Whether it asks; NULL: not read yet';
COMMENT ON COLUMN current_tags.praise IS 'Whether it praises or thanks; NULL: not read yet';
COMMENT ON COLUMN current_tags.urgent IS 'Whether it cannot wait; NULL: not read yet';
COMMENT ON COLUMN current_tags.settled IS
    'Whether the author says that the matter is solved or withdrawn; NULL: not read yet';
COMMENT ON COLUMN current_tags.spam IS 'Whether a person called it spam';
COMMENT ON COLUMN current_tags.complaint_score IS 'Confidence in complaint, 0 to 1';
COMMENT ON COLUMN current_tags.question_score IS 'Confidence in question, 0 to 1';
COMMENT ON COLUMN current_tags.praise_score IS 'Confidence in praise, 0 to 1';
COMMENT ON COLUMN current_tags.urgent_score IS 'Confidence in urgent, 0 to 1';
COMMENT ON COLUMN current_tags.private_data IS
    'Kinds of private data shown: iban, card, phone, email, address, contract, plate';
COMMENT ON COLUMN current_tags.spill_over IS
    'Channels that failed the customer first: hotline, email, form, shop, app';
COMMENT ON COLUMN current_tags.topics IS 'What it is about: up to five words in their base form';
COMMENT ON COLUMN current_tags.reply_kind IS
    'What it does as a reply: answer, ask, holding, deflect, social; NULL: not read yet';
COMMENT ON COLUMN current_tags.corrected IS 'Which of the tags a person has set';
COMMENT ON COLUMN current_tags.tagged_at IS 'When the tags were loaded, UTC';

COMMENT ON TABLE corrections IS
    'What people said against the model; their word counts.';
COMMENT ON COLUMN corrections.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN corrections.post_id IS 'The platform''s id of the post; unique with platform';
COMMENT ON COLUMN corrections.field IS
    'Which tag: complaint, question, praise, urgent, settled, spam, sentiment, lang, reply_kind, private_data, spill_over';
COMMENT ON COLUMN corrections.value IS 'true or false, a word, or words with commas';
COMMENT ON COLUMN corrections.corrected_by IS 'Who';
COMMENT ON COLUMN corrections.corrected_at IS 'When, UTC; the newest counts';

COMMENT ON TABLE triage IS
    'What people did with mentions, one row per action; triage_state sums it up.';
COMMENT ON COLUMN triage.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN triage.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN triage.post_id IS 'The platform''s id of the post; unique with platform';
COMMENT ON COLUMN triage.action IS 'assign, note, snooze, done, reopen';
COMMENT ON COLUMN triage.value IS 'Who it is assigned to, or the note';
COMMENT ON COLUMN triage.until_at IS 'End of a snooze, UTC';
COMMENT ON COLUMN triage.done_by IS 'Who';
COMMENT ON COLUMN triage.done_at IS 'When, UTC';

COMMENT ON VIEW triage_state IS
    'What people noted about a mention; of each action the newest counts.';
COMMENT ON COLUMN triage_state.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN triage_state.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN triage_state.post_id IS 'The platform''s id of the post; unique with platform';
COMMENT ON COLUMN triage_state.assigned_to IS 'Who works on it';
COMMENT ON COLUMN triage_state.note IS 'The newest note';
COMMENT ON COLUMN triage_state.snoozed_until_at IS 'Put aside until then, UTC';
COMMENT ON COLUMN triage_state.done_at IS 'When somebody marked it as done, UTC';
COMMENT ON COLUMN triage_state.done_by IS 'Who marked it as done';

COMMENT ON TABLE brands IS
    'The watch-list: one row per brand.';
COMMENT ON COLUMN brands.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN brands.name IS 'Name for people';
COMMENT ON COLUMN brands.time_zone IS 'IANA time zone';
COMMENT ON COLUMN brands.answer_within_seconds IS 'Office time that an answer may take';
COMMENT ON COLUMN brands.digest_at IS 'Local time of the digest';
COMMENT ON COLUMN brands.retention_seconds IS 'How long texts are kept';

COMMENT ON TABLE brand_platforms IS
    'The watch-list: where a brand is watched, and which mentions it answers there.';
COMMENT ON COLUMN brand_platforms.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN brand_platforms.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN brand_platforms.engage IS
    'Which mentions are answered: all, or direct (only direct address and what stands under the brand''s own posts)';

COMMENT ON TABLE brand_terms IS
    'The watch-list: what makes a post a mention.';
COMMENT ON COLUMN brand_terms.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN brand_terms.kind IS 'handle, hashtag, name, exclude, subreddit';
COMMENT ON COLUMN brand_terms.term IS 'As in the watch-list';
COMMENT ON COLUMN brand_terms.pattern IS 'RE2, matched case-insensitively';

COMMENT ON TABLE brand_accounts IS
    'The watch-list: accounts with a role.';
COMMENT ON COLUMN brand_accounts.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN brand_accounts.platform IS 'NULL: on every platform';
COMMENT ON COLUMN brand_accounts.handle IS 'Lower case, without @';
COMMENT ON COLUMN brand_accounts.role IS 'own, agency, marketing, superuser';

COMMENT ON TABLE brand_signatures IS
    'The watch-list: initials at the end of replies that tell who wrote them.';
COMMENT ON COLUMN brand_signatures.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN brand_signatures.role IS 'own or agency';
COMMENT ON COLUMN brand_signatures.signature IS 'Initials as in the watch-list, such as ^mk';

COMMENT ON TABLE brand_routes IS
    'The watch-list: whose a mention is; of a brand''s rules the first that fits counts.';
COMMENT ON COLUMN brand_routes.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN brand_routes.place IS '1, 2 …: the order in which they are tried';
COMMENT ON COLUMN brand_routes.owner IS 'Who is to answer, such as service, marketing or agency';
COMMENT ON COLUMN brand_routes.accounts IS
    'Company accounts spoken to: handle or platform:handle, lower case; empty: any';
COMMENT ON COLUMN brand_routes.hashtags IS 'In the post, lower case, without #; empty: any';
COMMENT ON COLUMN brand_routes.tags IS
    'complaint, question, praise, urgent, private_data, spill_over, threat; empty: any';
COMMENT ON COLUMN brand_routes.platforms IS 'Where it was written; empty: anywhere';

COMMENT ON TABLE office_hours IS
    'When a brand works, as intervals in UTC: time zone, holidays and daylight saving are worked in.';
COMMENT ON COLUMN office_hours.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN office_hours.opens_at IS 'Start of the interval, UTC';
COMMENT ON COLUMN office_hours.closes_at IS 'End of the interval, UTC, not included';
COMMENT ON COLUMN office_hours.open_before_seconds IS
    'Open time from the first interval''s start up to opens_at';

COMMENT ON VIEW phrases IS
    'Words that decide a rule in SQL.';
COMMENT ON COLUMN phrases.kind IS 'moved_private or threat';
COMMENT ON COLUMN phrases.lang IS 'Language of the words';
COMMENT ON COLUMN phrases.pattern IS 'RE2, matched against lower-case text';

COMMENT ON VIEW stop_words IS
    'Words that say nothing about what a question is about.';
COMMENT ON COLUMN stop_words.word IS 'Lower case';

COMMENT ON TABLE coverage IS
    'What has been collected without a hole, one row per stretch.';
COMMENT ON COLUMN coverage.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN coverage.topic IS 'What was searched';
COMMENT ON COLUMN coverage.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN coverage.start_at IS 'UTC, included';
COMMENT ON COLUMN coverage.end_at IS 'UTC, not included';
COMMENT ON COLUMN coverage.loaded_at IS 'UTC';

COMMENT ON TABLE gaps IS
    'What a platform could not give, and why.';
COMMENT ON COLUMN gaps.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN gaps.topic IS 'What was searched';
COMMENT ON COLUMN gaps.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN gaps.start_at IS 'UTC, included';
COMMENT ON COLUMN gaps.end_at IS 'UTC, not included';
COMMENT ON COLUMN gaps.reason IS 'too_old, truncated, quota, budget, credits, credentials, down';
COMMENT ON COLUMN gaps.detail IS 'In words';
COMMENT ON COLUMN gaps.is_final IS 'Whether no later try can close it';
COMMENT ON COLUMN gaps.found_at IS 'UTC';

COMMENT ON TABLE thread_checks IS
    'When the conversation of a thread was last read.';
COMMENT ON COLUMN thread_checks.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN thread_checks.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN thread_checks.root_id IS 'First post of the thread';
COMMENT ON COLUMN thread_checks.checked_at IS 'UTC';

COMMENT ON TABLE usage IS
    'What reading has cost.';
COMMENT ON COLUMN usage.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN usage.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN usage.kind IS 'search, own, thread or check';
COMMENT ON COLUMN usage.used_at IS 'UTC';
COMMENT ON COLUMN usage.request_count IS 'Requests sent';
COMMENT ON COLUMN usage.post_count IS 'Posts read, as billed';
COMMENT ON COLUMN usage.user_count IS 'Users read, as billed';
COMMENT ON COLUMN usage.cost_usd IS 'Estimated price in US dollars';

COMMENT ON TABLE landings IS
    'Landing files that have been loaded.';
COMMENT ON COLUMN landings.path IS 'Relative to the landing folder';
COMMENT ON COLUMN landings.sha256 IS 'Of the file';
COMMENT ON COLUMN landings.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN landings.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN landings.kind IS 'search, own, thread or check';
COMMENT ON COLUMN landings.post_count IS 'Posts in it';
COMMENT ON COLUMN landings.reject_count IS 'Parts that could not be used';
COMMENT ON COLUMN landings.loaded_at IS 'UTC';

COMMENT ON TABLE rejects IS
    'Input that could not be used, with the reason.';
COMMENT ON COLUMN rejects.file IS 'Name of the file';
COMMENT ON COLUMN rejects.line IS '1-based; 0: the file as a whole';
COMMENT ON COLUMN rejects.reason IS 'Why';
COMMENT ON COLUMN rejects.raw IS 'The line itself, cut at 10,000 characters';
COMMENT ON COLUMN rejects.rejected_at IS 'UTC';

COMMENT ON TABLE digests IS
    'Which digest went to whom.';
COMMENT ON COLUMN digests.brand IS 'Id of the brand in the watch-list';
COMMENT ON COLUMN digests.digest_date IS 'Local day of the brand';
COMMENT ON COLUMN digests.edition IS 'daily or weekly';
COMMENT ON COLUMN digests.recipient IS 'Mail address';
COMMENT ON COLUMN digests.message_id IS 'Of the mail';
COMMENT ON COLUMN digests.status IS 'sent, refused, written, skipped';
COMMENT ON COLUMN digests.detail IS 'The server''s words';
COMMENT ON COLUMN digests.sent_at IS 'UTC';

COMMENT ON TABLE tombstones IS
    'What must not come back: deleted posts, forgotten authors, texts past retention.';
COMMENT ON COLUMN tombstones.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN tombstones.post_id IS 'NULL: every post of the author';
COMMENT ON COLUMN tombstones.author_hash IS 'SHA-256 of platform and author id';
COMMENT ON COLUMN tombstones.reason IS 'deleted, forgotten, retention';
COMMENT ON COLUMN tombstones.created_at IS 'UTC';

COMMENT ON TABLE model_runs IS
    'The models that have been used.';
COMMENT ON COLUMN model_runs.model IS 'Name and version of the model';
COMMENT ON COLUMN model_runs.first_used_at IS 'UTC';
COMMENT ON COLUMN model_runs.last_used_at IS 'UTC';
COMMENT ON COLUMN model_runs.post_count IS 'Posts read by it';

COMMENT ON TABLE tag_queue IS
    'Posts whose text waits for the tags of the model in use.';
COMMENT ON COLUMN tag_queue.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN tag_queue.post_id IS 'The platform''s id of the post; unique with platform';

COMMENT ON TABLE dirty_threads IS
    'Threads whose replies and answers are to be worked out again.';
COMMENT ON COLUMN dirty_threads.platform IS 'x, reddit or another platform''s name';
COMMENT ON COLUMN dirty_threads.thread_id IS 'Id of the thread''s first post, as far as links lead';
