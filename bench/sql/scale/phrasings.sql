-- What people say, by language and kind of post.
CREATE OR REPLACE TEMP TABLE phrasings (lang VARCHAR, kind VARCHAR, texts VARCHAR []);
