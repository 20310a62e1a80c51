"""What every DAG of ours promises."""

import json
from typing import Any

import pytest

from collectors.registry import PLATFORMS
from demo.airflow_home import ROOT

pytestmark = pytest.mark.xdist_group("airflow")
Described = dict[str, Any]
#: Libraries that a scheduler must not load every time it looks at a file.
HEAVY = {
    "css_inline", "duckdb", "enrich", "holidays", "jinja2.ext", "lingua", "pandas", "praw",
    "spacy", "tweepy", "warehouse",
}  # fmt: skip


@pytest.fixture
def tasks(described: Described) -> dict[str, Described]:
    return {
        f"{dag_id}.{task_id}": task
        for dag_id, dag in described["dags"].items()
        for task_id, task in dag["tasks"].items()
    }


def test_the_folder_parses_into_exactly_our_dags(described: Described) -> None:
    assert described["import_errors"] == {}
    assert set(described["dags"]) == {
        *(f"collect_{name}" for name in PLATFORMS), "process", "digest",
    }  # fmt: skip


def test_nothing_heavy_is_imported_before_a_task_runs(described: Described) -> None:
    roots = {name.partition(".")[0] for name in described["new_modules"]}
    assert not HEAVY & roots


def test_every_dag_is_documented_and_tagged(described: Described) -> None:
    for dag_id, dag in described["dags"].items():
        assert len(dag["doc"]) > 200, dag_id
        assert "horch" in dag["tags"], dag_id


def test_runs_neither_catch_up_nor_overlap(described: Described) -> None:
    for dag in described["dags"].values():
        assert not dag["catchup"]
        assert dag["max_active_runs"] == 1


def test_timetables(described: Described) -> None:
    dags = described["dags"]
    for name in (*(f"collect_{platform}" for platform in PLATFORMS), "digest"):
        assert dags[name]["cron"] == "*/15 * * * *", name
    assert dags["process"]["timetable"] == "AssetOrTimeSchedule"


def test_every_task_has_an_owner_retries_and_a_timeout(tasks: dict[str, Described]) -> None:
    for name, task in tasks.items():
        assert task["owner"] == "care", name
        assert task["has_timeout"], name
        assert task["retries"] >= 2 or name == "process.report_failure", name
        assert task["retry_policy"] == "PlatformRetries", name


def test_pools_exist_and_the_writers_has_one_slot(tasks: dict[str, Described]) -> None:
    pools = json.loads((ROOT / "config/pools.json").read_text())
    assert {task["pool"] for task in tasks.values()} <= {"default_pool", *pools}
    assert pools["horch_writer"]["slots"] == 1


def test_only_network_and_tagging_run_beside_the_writers_slot(
    tasks: dict[str, Described],
) -> None:
    free = {name for name, task in tasks.items() if task["pool"] == "default_pool"}
    assert free == {
        *(f"collect_{name}.{task}" for name in PLATFORMS for task in ("brands", "posts")),
        "process.tag", "process.report_failure",
    }  # fmt: skip


def test_each_platform_announces_its_own_landing_files(tasks: dict[str, Described]) -> None:
    for name in PLATFORMS:
        posts = tasks[f"collect_{name}.posts"]
        assert posts["outlets"] == [f"landed_{name}"]
        assert posts["is_mapped"], "one brand's failure must not hold up another"


def test_one_untaggable_batch_holds_up_nothing_but_fails_the_run(
    tasks: dict[str, Described],
) -> None:
    assert tasks["process.load_tags"]["trigger_rule"] == "all_done"
    watcher = tasks["process.report_failure"]
    assert watcher["trigger_rule"] == "one_failed"
    assert "tag" in watcher["upstream"]


@pytest.mark.parametrize(
    ("failure", "decision"),
    [
        ("rate limit", ["retry", 540]),
        ("reset has passed", ["retry", 5]),
        ("outage", ["retry", 300]),
        ("month's quota", ["fail", None]),
        ("credentials", ["fail", None]),
        ("no connection", ["fail", None]),
        ("watch-list", ["fail", None]),
        ("anything else", ["default", None]),
    ],
)
def test_a_failed_task_is_tried_again_when_the_platform_says_so(
    described: Described, failure: str, decision: list[object]
) -> None:
    action, seconds = described["decisions"][failure]
    assert action == decision[0]
    assert seconds == pytest.approx(decision[1], abs=2)
