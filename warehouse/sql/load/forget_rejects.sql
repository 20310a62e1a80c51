-- A file is read again: what was rejected of it before does not count twice.
DELETE FROM rejects WHERE file = $file;
