"""What can go wrong when a digest is made or mailed."""

from __future__ import annotations

from watchlist.errors import HorchError


class MailDown(HorchError):
    """The mail server cannot take the digest now; who is left over gets it on the next try."""


class MailRefused(HorchError):
    """The mail server wants other settings: login, sender or encryption. A person must act."""
