"""The `horch` command."""
