"""The steps of a run, one by one and all together: what Airflow does, without Airflow."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from cli.alerts import print_alerts
from cli.frame import say
from cli.options import DEFAULT_WATCHLIST, BrandOption, Format, OutputFormat, WatchlistPath
from watchlist.errors import HorchError

if TYPE_CHECKING:
    from digest import DeliveryReport
    from pipeline import Home
    from pipeline.report import CollectReport
    from pipeline.run import RunReport

PlatformOption = Annotated[
    str | None, typer.Option("--platform", "-p", metavar="NAME", help="This platform only.")
]


def collect(
    platform: PlatformOption = None,
    brand: BrandOption = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Only list what would be asked for, and what a month costs."
        ),
    ] = False,
    output: OutputFormat = Format.TABLE,
    watchlist: WatchlistPath = DEFAULT_WATCHLIST,
) -> None:
    """Read what is new on the platforms into landing files."""
    from cli import environment, moments
    from cli.home import open_home
    from pipeline import steps

    home = open_home(watchlist)
    names = platforms(home, platform, brand)
    steps.prepare(home, moments.now())
    if dry_run:
        _print_plan(home, names, brand, output)
        return
    failures: list[HorchError] = []
    for name in names:
        try:
            found = environment.needed(name)
        except HorchError as error:
            failures.append(error)
            continue
        report = steps.collect(home, name, found, moments.now(), brand)
        print_collected(report)
        failures += report.failures
    fail_for(failures)


def load(watchlist: WatchlistPath = DEFAULT_WATCHLIST) -> None:
    """Load new landing files into the database."""
    from cli import moments
    from cli.home import open_home
    from pipeline import steps

    home = open_home(watchlist)
    steps.prepare(home, moments.now())
    loaded = steps.load(home, moments.now())
    print(
        f"{counted(loaded.files, 'file')} loaded: {counted(loaded.new, 'new post')}, "
        f"{loaded.changed} changed, {counted(loaded.mentions, 'mention')}, "
        f"{loaded.rejected} rejected"
    )
    if loaded.broken:
        names = ", ".join(path.name for path in loaded.broken)
        say(f"broken and moved aside: {names}; see horch rejects")
        raise typer.Exit(1)


def answers(watchlist: WatchlistPath = DEFAULT_WATCHLIST) -> None:
    """Work out who answered what, in every changed thread."""
    from cli import moments
    from cli.home import open_home
    from pipeline import steps

    home = open_home(watchlist)
    steps.prepare(home, moments.now())
    print(f"{counted(steps.answers(home, moments.now()), 'thread')} brought up to date")


def publish(watchlist: WatchlistPath = DEFAULT_WATCHLIST) -> None:
    """Put a copy of the database in place for readers."""
    from cli.home import open_home
    from pipeline import steps

    print(steps.publish(open_home(watchlist)))


def run(
    once: Annotated[
        bool, typer.Option("--once", help="Do it once and stop; so it does without --every.")
    ] = False,
    every: Annotated[
        str | None, typer.Option(metavar="TIME", help="Repeat it, such as every 15m.")
    ] = None,
    watchlist: WatchlistPath = DEFAULT_WATCHLIST,
) -> None:
    """Do the whole way once: collect, load, tag, answer, send.

    Also publishes the copy for readers, and sends the digests whose time has come. Meant for
    cron where there is no Airflow; both may be used on the same data. A platform that fails
    holds up nothing else: its failure is named, and the exit code is 1.
    """
    if every is None or once:
        _run_once(watchlist)
        return
    pause = _seconds(every)
    while True:
        with suppress(typer.Exit):  # its failures are told; the next run tries again
            _run_once(watchlist)
        time.sleep(pause)


def _run_once(watchlist: WatchlistPath) -> None:
    from cli import environment, moments
    from cli.home import open_home
    from cli.progress import progress
    from pipeline.run import run_once

    home = open_home(watchlist)
    connections, broken = environment.connections()
    with progress() as tell:
        report = run_once(home, connections, moments.now, tell)
    _print_run(report)
    others = [e for e in report.failures if getattr(e, "platform", None) not in broken]
    fail_for([*broken.values(), *others])


def platforms(home: Home, platform: str | None, brand: str | None) -> list[str]:
    """Return the platforms to ask: the one that was named, or all that are watched."""
    from cli.home import brand_of

    brands = [brand_of(home.watchlist, brand)] if brand else home.watchlist.brands
    watched = sorted({name for each in brands for name in each.platforms})
    if platform is None:
        return watched
    if platform not in watched:
        raise typer.BadParameter(
            f"{platform!r} is not watched; choose of {', '.join(watched)}", param_hint="--platform"
        )
    return [platform]


def _print_plan(home: Home, names: Sequence[str], brand: str | None, output: Format) -> None:
    from cli import findings, moments
    from cli.home import zone_of
    from cli.rows import print_table
    from cli.tables import Table
    from pipeline import steps

    jobs = [job for name in names for job in steps.plan(home, name, moments.now(), brand)]
    rows = tuple(
        (job.platform, job.brand, job.kind, job.window.start, job.window.end, list(job.topics))
        for job in jobs
    )
    columns = ("platform", "brand", "kind", "start_at", "end_at", "topics")
    print_table(Table(columns, rows, "nothing to ask for"), output, zone_of(home.watchlist, brand))
    if output is not Format.TABLE:
        return
    for finding in findings.platform_findings(home, moments.now()):
        if finding.subject in names and finding.state in ("ok", "note"):
            for words in (finding.message, *finding.details):
                say(f"{finding.subject}: {words}")


def print_collected(report: CollectReport) -> None:
    """Say what one platform has brought."""
    price = f", about ${report.cost_usd:.2f}" if report.cost_usd else ""
    read, asked = counted(report.posts, "post"), counted(report.requests, "request")
    print(f"{report.platform}: {read} in {asked}{price}")


def _print_run(report: RunReport) -> None:
    for collected in report.collected:
        print_collected(collected)
    print(
        f"{counted(report.new_posts, 'new post')}, {report.tagged} tagged, "
        f"{counted(report.threads, 'thread')} brought up to date"
    )
    for told in report.alerts:
        print_alerts(told)
    for delivered in report.digests:
        print_delivery(delivered)


def counted(number: int, noun: str) -> str:
    """Return a number with what it counts: "1 post", "2,000 posts"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def print_delivery(report: DeliveryReport) -> None:
    """Say who got a digest, and where its files are."""
    what = f"digest of {report.brand} for {report.date}"
    if report.sent:
        print(f"{what}: sent to {', '.join(report.sent)}")
    if report.refused:
        say(f"{what}: the mail server refuses {', '.join(report.refused)}; correct the recipients")
    for path in report.files:
        print(f"{what}: {path}")


def fail_for(failures: Iterable[HorchError]) -> None:
    """Name every failure once; end with 1 if there is any."""
    messages = list(dict.fromkeys(str(failure) for failure in failures))
    for message in messages:
        say(message)
    if messages:
        raise typer.Exit(1)


def _seconds(text: str) -> float:
    from pydantic import TypeAdapter, ValidationError

    from watchlist.fields import Duration

    try:
        return max(TypeAdapter(Duration).validate_python(text).total_seconds(), 60.0)
    except ValidationError:
        raise typer.BadParameter("write a time such as 15m", param_hint="--every") from None
