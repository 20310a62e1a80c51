"""How many mentions wait for whom: the counts beside the filters are what the filters show."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient

from desk import actions
from desk.model import LISTS, Act, User, View
from tests.desk.conftest import Clock


def test_every_owner_has_as_many_mentions_as_the_filter_says(
    page: FastAPI, data: Path, clock: Clock
) -> None:
    """Also after somebody has taken one: it counts for them at once, and for nobody no longer."""
    TestClient(page)
    desk, ann = page.state.site.data, User("Ann")
    before = dict(desk.facets(ann, View(), clock())["owner"])
    taken = Act("Ann", "kronfurt", "x", "outage-1", "assign", value="Ben")
    actions.append(data / actions.FILE, taken, clock())
    after = dict(desk.facets(ann, View(), clock())["owner"])
    assert (after["Ben"], after["-"]) == (before.get("Ben", 0) + 1, before["-"] - 1)
    for name in LISTS:
        view = View(list=name)
        for facet, choices in desk.facets(ann, view, clock()).items():
            for choice, count in choices:
                shown = desk.page(ann, view.but(**{facet: choice}), clock())
                assert len(shown) == count, (name, facet, choice)
