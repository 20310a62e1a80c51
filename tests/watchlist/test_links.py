"""Addresses that lead to the triage page are those that the page itself uses."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from desk.model import Key
from watchlist.links import triage_link


def test_a_link_leads_to_one_mention() -> None:
    hostile = 'x&of=other"#<é'
    link = triage_link("https://desk.example.org/triage/", "strom", "x", hostile)
    assert link is not None
    parts = urlsplit(link)
    assert (parts.netloc, parts.path) == ("desk.example.org", "/triage/mention")
    assert parts.query == Key("strom", "x", hostile).query
    assert parse_qs(parts.query) == {"of": ["strom"], "on": ["x"], "post_id": [hostile]}


def test_without_a_page_there_is_no_link() -> None:
    assert triage_link(None, "strom", "x", "1") is None
