"""`horch alerts`: how unusual it is what people say now, and telling who is to know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import DEFAULT_WATCHLIST, BrandOption, WatchlistPath

if TYPE_CHECKING:
    from digest.alerts import Assessment
    from pipeline.alerting import AlertReport
    from pipeline.home import Home
    from watchlist.model import Brand

Entry = tuple[str, str, str]


def alerts(
    brand: BrandOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show how brands stand, and tell nobody.")
    ] = False,
    at: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="As it was at this time; nobody is told."),
    ] = None,
    watchlist: WatchlistPath = DEFAULT_WATCHLIST,
) -> None:
    """Say how unusual it is what people complain about, and tell who is to know.

    horch run does this by itself. A wave of complaints, or many who say that another channel
    does not work, is told from 60 points of 100 on; outside office hours single posts too.
    """
    from cli import environment, moments, steps
    from cli.home import brand_of, open_home, zone_of
    from cli.listing import print_listing

    home, now = open_home(watchlist), moments.now()
    if brand:
        brand_of(home.watchlist, brand)
    moment = moments.moment(at, zone_of(home.watchlist, brand), now, "--at") if at else now
    brands = [each for each in home.watchlist.brands if brand in (None, each.id)]
    print_listing([entry for each in brands for entry in _standing(home, each, moment)])
    if dry_run or at:
        return
    from pipeline.alerting import check_alerts

    reports = check_alerts(home, environment.connection, now, brand)
    for report in reports:
        print_alerts(report)
    steps.fail_for(error for report in reports for error in report.report.failures)


def print_alerts(report: AlertReport) -> None:
    """Say who was told of what, and where its files are."""
    for alert_id, target in report.report.told:
        print(f"alert {alert_id} of {report.brand}: told {target}")
    for path in report.report.files:
        print(f"alert of {report.brand}: {path}")


def _standing(home: Home, brand: Brand, now: datetime) -> Iterator[Entry]:
    import warehouse
    from digest.alerts import assess, waiting

    with warehouse.open_reader(home.reader) as con:
        standing = assess(con, brand, now)
        posts = waiting(con, brand, now)
    yield from _signals(brand, standing, now)
    how = {"never": "are never told", "always": "are told", "closed": "are told at night"}
    yield brand.name, "posts", f"{len(posts)} cannot wait and {how[brand.alerts.posts]}"
    if not brand.alerts.anybody:
        yield brand.name, "nobody", "is told; name somebody under [brands.alerts]"


def _signals(brand: Brand, standing: Assessment, now: datetime) -> Iterator[Entry]:
    from digest.alerts.baseline import LEARNED_FROM
    from digest.alerts.incident import FIRE
    from digest.alerts.wording import AlertWords, explain

    words = AlertWords("en", brand.zone)
    if standing.until is None:
        yield brand.name, "waves", "not judged: nothing was read yet"
        return
    read = f"read up to {words.moment(standing.until, now)}"
    if not standing.is_fresh:
        yield brand.name, "waves", f"not judged: {read}, which is too long ago"
    elif not standing.readings:
        known = f"{standing.known} of {LEARNED_FROM} hours"
        yield brand.name, "waves", f"not judged: {known} have been read completely; {read}"
    for reading in standing.readings:
        worst = reading.worst
        verdict = "to be told" if worst.score >= FIRE else "quiet"
        opened = f" {worst.pulse.open_posts} unanswered." if worst.pulse.posts else ""
        told = f"{worst.score:>3} of 100, {verdict}: {explain(worst, reading.signal, words)}"
        yield brand.name, reading.signal, f"{told}{opened}"
