"""The watch-list: the one settings file, read and validated."""
