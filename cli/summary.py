"""A watch-list in a few words, for whoever has just written it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from cli.terminal import age, harmless
from watchlist.model import WEEKDAYS, Block, Brand, OfficeHours, Watchlist


def summary_lines(watchlist: Watchlist) -> Iterator[str]:
    """Say per brand what is watched, when somebody answers and who gets the digest."""
    for brand in watchlist.brands:
        yield f"{brand.id}: {harmless(brand.name)}"
        for label, value in _facts(brand):
            yield f"  {label:<9} {harmless(value)}"


def _facts(brand: Brand) -> Iterator[tuple[str, str]]:
    terms = [f"@{handle}" for handle in brand.handles]
    terms += [f"#{hashtag}" for hashtag in brand.hashtags]
    terms += [f'"{name}"' for name in brand.names]
    terms += [f"r/{subreddit}" for subreddit in (*brand.subreddits, *brand.watch_subreddits)]
    yield "watches", f"{', '.join(terms)} on {', '.join(brand.platforms) or 'no platform'}"
    yield "answers", f"{_hours(brand)}, within {age(brand.answer_within.total_seconds())}"
    digest = brand.digest
    recipients = ", ".join(digest.recipients)
    yield "digest", f"at {digest.at:%H:%M} in {digest.language} to {recipients}"


def _hours(brand: Brand) -> str:
    if brand.office_hours.never_closes:
        return "at any time"
    holidays = "" if brand.office_hours.on_holidays else ", not on public holidays"
    where = f" of {brand.state}" if brand.state and holidays else ""
    return f"{spelled(brand.office_hours)} ({brand.time_zone}{holidays}{where})"


def spelled(hours: OfficeHours) -> str:
    """Return office hours in one line, days with the same hours together."""
    days = [(day, " ".join(map(_block, getattr(hours, day)))) for day in WEEKDAYS]
    runs = [(blocks, [day for day, _ in run]) for blocks, run in groupby(days, lambda d: d[1])]
    return ", ".join(
        f"{run[0]}-{run[-1]} {blocks}" if len(run) > 1 else f"{run[0]} {blocks}"
        for blocks, run in runs
        if blocks
    )


def _block(block: Block) -> str:
    closes = f"{block.closes:%H:%M}" if block.closes else "24:00"
    return f"{block.opens:%H:%M}-{closes}"
