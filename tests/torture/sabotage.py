"""Ways to break the product, each of which the judge has to notice.

A judge that finds nothing proves little before it has been seen to find something.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import collectors.frontier
import collectors.landing
import collectors.reddit
import collectors.reddit_client
import collectors.reddit_pages
import collectors.x
import collectors.x_client
import collectors.x_pages
import collectors.x_posts
import warehouse
import warehouse.entries
import warehouse.ledger
import warehouse.load
import warehouse.planning
import warehouse.statements
from collectors.model import Gap, Window


def apply(name: str) -> None:
    """Break this process in one way; it is a run's own, so nothing else breaks."""
    if name:
        SABOTAGES[name].break_it()


def _no_overlap() -> None:
    warehouse.ledger.SETTLING = timedelta(0)


def _drop_last_page() -> None:
    real = collectors.x_pages._next_token

    def token(answer: Any) -> str | None:  # noqa: ANN401
        found = real(answer)
        return found if answer.url.count("next_token") else None

    collectors.x_pages._next_token = token


def _truncated_counts_as_read() -> None:
    collectors.x_pages._Walk.gap = lambda *_: iter(())
    collectors.reddit_pages._gap = lambda *_: iter(())


def _no_budget_gap() -> None:
    real = collectors.x_pages._Walk.gap

    def gap(walk: Any, reason: str, detail: str) -> Any:  # noqa: ANN401
        return iter(()) if reason == "budget" else real(walk, reason, detail)

    collectors.x_pages._Walk.gap = gap


def _failure_counts_as_read() -> None:
    collectors.landing._Reading.covered = lambda self: (self.window,) if self.window else ()


def _no_reason_for_failures() -> None:
    real = collectors.landing._Reading._break_off

    def break_off(self: Any, error: Any) -> None:  # noqa: ANN401
        gaps = list(self.gaps)
        real(self, error)
        self.gaps = gaps

    collectors.landing._Reading._break_off = break_off


def _wrong_reason() -> None:
    real = collectors.landing.Gap

    def gap(window: Window, reason: Any, *rest: Any) -> Gap:  # noqa: ANN401
        return real(window, "too_old", *rest)

    collectors.landing.Gap = gap


def _order_taken_for_granted() -> None:
    collectors.frontier.Frontier.read_from = property(
        lambda self: self.oldest and self.oldest.replace(microsecond=0) + timedelta(seconds=1)
    )


def _empty_page_is_the_end() -> None:
    real = collectors.x_pages._next_token

    def token(answer: Any) -> str | None:  # noqa: ANN401
        return real(answer) if answer.payload.get("data") else None

    collectors.x_pages._next_token = token


def _no_trailer() -> None:
    collectors.landing.trailer_line = lambda _landing: {"ended": True}


def _no_deletions() -> None:
    real = warehouse.load._Batch._take_item

    def take(self: Any, name: str, page: int, item: Any, *times: Any) -> None:  # noqa: ANN401
        if not getattr(item, "is_deleted", False):
            real(self, name, page, item, *times)

    warehouse.load._Batch._take_item = take


def _no_rechecks() -> None:
    warehouse.plan_checks = lambda *_, **__: []


def _rechecks_too_rarely() -> None:
    warehouse.planning.RECHECK_AFTER = timedelta(hours=47)


def _no_conversations() -> None:
    warehouse.plan_threads = lambda *_, **__: []


def _short_reach() -> None:
    collectors.x._REACH = timedelta(days=3)


def _final_truncation() -> None:
    real = collectors.x_pages.Gap

    def gap(window: Window, reason: Any, detail: str = "", *_: object) -> Gap:  # noqa: ANN401
        return real(window, reason, detail, is_final=True)

    collectors.x_pages.Gap = gap


def _no_look_at_the_clock() -> None:
    for module in (collectors.x_client, collectors.reddit_client):
        module.check_clock = lambda *_: None
    _patch_sql("load/heal_ahead", lambda _text: "SELECT 1;")
    warehouse.ledger.CLOCKS_DIFFER = timedelta(days=99)


def _sees_only_first_page_of_files() -> None:
    real = warehouse.load.read_landing
    warehouse.load.read_landing = lambda path: list(real(path))[:1]


def _loads_twice() -> None:
    _patch_sql(
        "load/shown",
        lambda text: text.replace(
            "SEMI JOIN shown ON posts.platform = shown.platform", "SEMI JOIN shown ON FALSE"
        ),
    )


def _posts_without_their_books() -> None:
    """The cover is entered, the posts are lost: what a kill between two commits would do."""
    warehouse.load.PostStage.add = lambda *_: None


def _patch_sql(name: str, change: Callable[[str], str]) -> None:
    real, before = warehouse.statements.sql, warehouse.statements.sql(name)
    changed = change(before)
    if changed == before:
        raise AssertionError(f"{name} is not what it was")
    warehouse.statements._statements.cache_clear()
    warehouse.statements.sql = lambda asked: changed if asked == name else real(asked)


@dataclass(frozen=True)
class Sabotage:
    """A way to break the product, and the weather in which that would do harm.

    Attributes:
        break_it: patches the process it is called in.
        faults: of the platform's servers; none: whatever comes.
        rate: share of the requests they befall.
        accident: what befalls the bad runs.
        burst: posts within a minute.
        budget: dollars a month.
    """

    break_it: Callable[[], None]
    faults: tuple[str, ...] = ()
    rate: float = 0.4
    accident: str | None = None
    burst: int = 0
    budget: float | None = None


_OUTAGES = ("500", "503 HTML", "dropped", "truncated JSON")
_REFUSALS = ("401", "402", "403", "monthly cap", "500")
SABOTAGES = {
    one.break_it.__name__.removeprefix("_").replace("_", "-"): one
    for one in (
        Sabotage(_no_overlap),
        Sabotage(_drop_last_page, burst=150),
        Sabotage(_truncated_counts_as_read, ("endless tokens",)),
        Sabotage(_no_budget_gap, burst=150, budget=2.0),
        Sabotage(_failure_counts_as_read, _OUTAGES),
        Sabotage(_no_reason_for_failures, _REFUSALS),
        Sabotage(_wrong_reason, _REFUSALS),
        Sabotage(_order_taken_for_granted, ("shuffled pages", "500"), rate=0.8, burst=350),
        Sabotage(_empty_page_is_the_end, ("empty page",)),
        Sabotage(_no_trailer),
        Sabotage(_no_deletions),
        Sabotage(_no_rechecks),
        Sabotage(_rechecks_too_rarely),
        Sabotage(_no_conversations),
        Sabotage(_short_reach),
        Sabotage(_final_truncation, ("endless tokens",)),
        Sabotage(_no_look_at_the_clock, accident="clock wrong"),
        Sabotage(_sees_only_first_page_of_files, burst=150),
        Sabotage(_loads_twice),
        Sabotage(_posts_without_their_books),
    )
}
