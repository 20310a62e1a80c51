"""Addresses of the triage page, for mails and alerts that lead to it."""

from __future__ import annotations

from urllib.parse import urlencode


def mention_query(brand: str, platform: str, post_id: str) -> dict[str, str]:
    """Which mention, as it stands in addresses and forms of the triage page."""
    return {"of": brand, "on": platform, "post_id": post_id}


def triage_link(base: str | None, brand: str, platform: str, post_id: str) -> str | None:
    """Address of one mention on the triage page; None where the watch-list names no page."""
    if not base:
        return None
    return f"{base.rstrip('/')}/mention?{urlencode(mention_query(brand, platform, post_id))}"
