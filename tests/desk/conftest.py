"""A data folder with a published copy, and the page on top of it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parent))

import desk_sample as sample

from desk import users
from desk.serve import app

PASSWORD = "korrekt pferd batterie"
PEOPLE = {"Ann": ["*"], "Ben": ["*"], "Dora": ["dunmarrow"]}


class Clock:
    """The time of a test; it moves when told to."""

    def __init__(self) -> None:
        self.now = sample.NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder as a run leaves it, with three people who may sign in."""
    folder = tmp_path_factory.mktemp("desk")
    sample.fill(folder, sample.threads())
    for name, brands in PEOPLE.items():
        users.add_user(folder, name, PASSWORD, brands)
    return folder


@pytest.fixture
def data(filled: Path, tmp_path: Path) -> Path:
    """A copy of the folder for one test."""
    return Path(shutil.copytree(filled, tmp_path / "data"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def page(data: Path, clock: Clock) -> Iterator[FastAPI]:
    page = app(data, clock)
    yield page
    page.state.site.data.close()


@pytest.fixture
def client(page: FastAPI) -> Callable[[str], TestClient]:
    """Somebody's browser: `client("Ann")` is signed in, `client("")` is not."""

    def browser(name: str) -> TestClient:
        client = TestClient(page, base_url="http://localhost", headers={"accept-language": "de"})
        if name:
            form = {"name": name, "password": PASSWORD}
            assert client.post("/login", data=form, follow_redirects=False).status_code == 303
        return client

    return browser
