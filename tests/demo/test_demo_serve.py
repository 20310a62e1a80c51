"""The servers as a process of their own."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import requests

from collectors.connection import parse_connection
from demo.serve import Clock, connections, start


@pytest.fixture(scope="module")
def variables() -> Iterator[dict[str, str]]:
    """The environment variables that `python -m demo.serve` prints."""
    command = [sys.executable, "-m", "demo.serve", "--anchor", "2026-11-18T09:30:00+00:00"]
    command += ["--start", "2026-11-18T08:30:00+00:00"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        lines = [process.stdout.readline(), process.stdout.readline()]
        yield dict(re.fullmatch(r"export (\w+)='(.*)'\n", line).groups() for line in lines)
        process.terminate()


def test_prints_how_to_reach_it(variables: dict[str, str]) -> None:
    x = parse_connection("x", variables["AIRFLOW_CONN_HORCH_X"])
    search = f"{x.base_url}/2/tweets/search/recent"
    headers = {"authorization": f"Bearer {x.password}"}
    query = {"query": "from:jutta_bastelt"}
    assert requests.get(search, query, headers=headers, timeout=5).json()["meta"]["result_count"]
    reddit = parse_connection("reddit", variables["AIRFLOW_CONN_HORCH_REDDIT"])
    token = requests.post(
        f"{reddit.base_url}/api/v1/access_token",
        {"grant_type": "client_credentials"},
        auth=(reddit.login, reddit.password),
        timeout=5,
    )
    assert token.json()["token_type"] == "bearer"


def test_time_can_be_moved_on(variables: dict[str, str]) -> None:
    host = json.loads(variables["AIRFLOW_CONN_HORCH_X"])["host"]
    before = datetime.fromisoformat(requests.get(f"{host}/_demo/clock", timeout=5).json()["now"])
    moved = requests.post(f"{host}/_demo/clock", {"advance": "1h30m"}, timeout=5).json()["now"]
    passed = datetime.fromisoformat(moved) - before
    assert timedelta(minutes=90) <= passed < timedelta(minutes=91)


def test_both_servers_share_one_clock(anchor: datetime) -> None:
    clock = Clock(anchor)
    x, reddit = start(anchor, clock=clock)
    try:
        assert set(connections(x.url, reddit.url)) == {
            "AIRFLOW_CONN_HORCH_X",
            "AIRFLOW_CONN_HORCH_REDDIT",
        }
        requests.post(f"{x.url}/_demo/clock", {"advance": "1d"}, timeout=5)
        shown = requests.get(f"{reddit.url}/_demo/clock", timeout=5).json()["now"]
        assert datetime.fromisoformat(shown) >= anchor + timedelta(days=1)
    finally:
        x.stop()
        reddit.stop()
