"""A small made-up world and the servers that play it."""
