"""The triage page: lists of what is open, one mention with its thread, and what people do about it.

People's actions live in a file of their own (`desk.actions`), so that they never wait for the
database and survive every rebuild of it; `sync_actions` brings them into the warehouse.
"""

from desk.actions import Act, append
from desk.sync import sync_actions

__all__ = ["Act", "append", "sync_actions"]
