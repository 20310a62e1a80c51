"""How often alerts are false, how soon a shitstorm is told, how many are missed.

`python -m bench.alerts [SEED …]` simulates half a year per brand size: rhythm of day and week,
good and bad days, public holidays, growth, campaigns, accounts that post dozens of times, hours
that were not read. Every quarter of an hour is judged as `horch run` would judge it. Then storms
of different slope and height are let loose, each by itself.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

import numpy as np

from digest.alerts.baseline import HELD_BACK, HISTORY, Profile, learn
from digest.alerts.incident import next_phase, read
from digest.alerts.model import SHITSTORM, Hour, Incident, Said
from digest.alerts.score import MOST_POSTS

#: The thresholds were chosen on seeds 1, 2 and 101 to 103; these were not looked at before.
SEEDS = (201, 202, 203)
VOLUMES = (5, 50, 500, 5_000)
ZONE = ZoneInfo("Europe/Berlin")
START = datetime(2026, 1, 5, tzinfo=UTC)
LEARNING, WATCHED = HISTORY + HELD_BACK, timedelta(weeks=26)
STEP, HOUR = timedelta(minutes=15), timedelta(hours=1)
STORMS = 24

_BY_HOUR = np.array(
    [3, 2, 1, 1, 1, 2, 4, 7, 9, 10, 10, 9, 9, 8, 8, 8, 9, 10, 11, 12, 12, 10, 7, 5], dtype=float
)
_BY_DAY = np.array([1.15, 1.1, 1.05, 1.05, 1.0, 0.85, 0.8])
_SHARE = 0.25  # of mentions that complain


@dataclass(frozen=True)
class Shape:
    """A storm: how long it takes to its height, and people an hour there by brand size."""

    name: str
    rise: timedelta
    heights: tuple[int, ...]
    lasting: timedelta = timedelta(hours=2)
    half_life: timedelta = timedelta(hours=3)


SHAPES = (
    Shape("sudden", timedelta(), (8, 12, 50, 400)),
    Shape("within an hour", timedelta(hours=1), (8, 12, 50, 400)),
    Shape("within six hours", timedelta(hours=6), (8, 12, 50, 400)),
    Shape("half as high, sudden", timedelta(), (4, 6, 25, 200)),
    Shape("half as high, six hours", timedelta(hours=6), (4, 6, 25, 200)),
)


@dataclass
class World:
    """Half a year of one brand: what was said, and which hours were read completely."""

    said: list[Said] = field(default_factory=list)
    unread: list[tuple[datetime, datetime]] = field(default_factory=list)
    hours: list[Hour] = field(default_factory=list)

    def profile(self, until: datetime) -> Profile:
        """What would have been learned at `until`."""
        last = until - HELD_BACK
        first = last - HISTORY
        return learn([hour for hour in self.hours if first <= hour.starts_at < last - HOUR], ZONE)


def simulate(volume: int, seed: int, growth: float) -> World:
    """Make up a brand with `volume` mentions a day that grows by `growth` a week."""
    rng = np.random.default_rng(seed * 10_000 + volume)
    count = (LEARNING + WATCHED) // HOUR
    starts = [START + number * HOUR for number in range(count)]
    local = [start.astimezone(ZONE) for start in starts]
    days = count // 24 + 2
    mood = np.exp(rng.normal(0, 0.25, days))  # good and bad days
    holidays = rng.choice(days, days // 25, replace=False)
    mood[holidays] *= 0.4
    rates = np.array(
        [
            volume * _BY_HOUR[at.hour] / _BY_HOUR.sum() * _BY_DAY[at.weekday()]
            * mood[number // 24] * (1 + growth) ** (number / 168)
            for number, at in enumerate(local)
        ]
    )  # fmt: skip
    rates *= rng.gamma(8.0, 1 / 8.0, count)  # and hours
    shares = np.full(count, _SHARE)
    for begin in rng.choice(count, count // 700, replace=False):  # campaigns: praise, mostly
        rates[begin : begin + 8] *= 6.0
        shares[begin : begin + 8] = 0.08
    world = World()
    _gaps(world, rng, starts)
    for start, rate, share in zip(starts, rates, shares, strict=True):
        posts = list(_hour(rng, start, rate, share, volume))
        if any(a < start + HOUR and b > start for a, b in world.unread):
            posts = [post for post in posts if not _is_unread(world, post.at)]
        world.said += posts
    for begin in rng.choice(count, count // 700, replace=False):  # few accounts, many posts
        posts = list(_brigade(rng, starts[begin], int(rng.integers(2, 7))))
        world.said += [post for post in posts if not _is_unread(world, post.at)]
    world.said.sort(key=lambda post: post.at)
    _count(world, starts)
    return world


def _hour(
    rng: np.random.Generator, start: datetime, rate: float, share: float, volume: int
) -> Iterator[Said]:
    count = rng.poisson(rate)
    seconds = np.sort(rng.uniform(0, 3600, count))
    authors = rng.integers(volume * 200, size=count)
    again = rng.random(count) < 0.1  # one of ten is by whoever wrote last
    authors[1:] = np.where(again[1:], authors[:-1], authors[1:])
    complains, is_open = rng.random(count) < share, rng.random(count) < 0.6
    for second, who, counts, opened in zip(
        seconds.tolist(), authors.tolist(), complains.tolist(), is_open.tolist(), strict=True
    ):
        yield Said(start + timedelta(seconds=second), f"a{who}", counts, opened)


def _brigade(rng: np.random.Generator, start: datetime, accounts: int) -> Iterator[Said]:
    for number in range(accounts):
        for minute in rng.uniform(0, 90, int(rng.integers(MOST_POSTS + 3, 40))):
            yield Said(start + timedelta(minutes=float(minute)), f"b{number}", True, True)


def _gaps(world: World, rng: np.random.Generator, starts: Sequence[datetime]) -> None:
    for begin in rng.choice(len(starts), len(starts) // 500, replace=False):
        start = starts[begin]
        world.unread.append((start, start + timedelta(hours=float(rng.uniform(1, 30)))))


def _is_unread(world: World, at: datetime) -> bool:
    return any(start <= at < end for start, end in world.unread)


def _count(world: World, starts: Sequence[datetime]) -> None:
    index = 0
    for start in starts:
        people, mentions = set(), 0
        while index < len(world.said) and world.said[index].at < start + HOUR:
            post = world.said[index]
            mentions += 1
            if post.counts:
                people.add(post.who)
            index += 1
        torn = any(a < start + HOUR and b > start for a, b in world.unread)
        world.hours.append(Hour(start, len(people), mentions, not torn))


def false_alarms(world: World) -> list[datetime]:
    """Judge every quarter of an hour; return when a storm was told of."""
    told: list[datetime] = []
    last: Incident | None = None
    at, profile = START + LEARNING, world.profile(START + LEARNING)
    while at < START + LEARNING + WATCHED:
        at += STEP
        if at.hour == 0 and at.minute == 0:
            profile = world.profile(at)
        if _is_unread(world, at - STEP):
            continue
        said = _recent(world.said, at)
        reading = read(SHITSTORM, said, profile, at)
        phase = next_phase(last, reading)
        if phase == "started":
            told.append(at)
        if phase:
            last = None if phase == "over" else Incident("", at, at, reading.wide.excess)
    return told


def _recent(said: Sequence[Said], at: datetime) -> Sequence[Said]:
    from bisect import bisect_left

    first = bisect_left(said, at - timedelta(hours=4), key=lambda post: post.at)
    return said[first : bisect_left(said, at, key=lambda post: post.at)]


def storm(rng: np.random.Generator, shape: Shape, height: int, start: datetime) -> list[Said]:
    """What a storm adds: four of five posts complain, most by somebody new."""
    said = []
    for minute in range(12 * 60):
        since = timedelta(minutes=minute)
        if since < shape.rise:
            level = (minute + 1) / (shape.rise / timedelta(minutes=1))
        else:
            past = max(since - shape.rise - shape.lasting, timedelta())
            level = 0.5 ** (past / shape.half_life)
        for _post in range(rng.poisson(1.25 * height * level / 60)):
            at = start + since + timedelta(seconds=float(rng.uniform(0, 60)))
            counts = bool(rng.random() < 0.8)
            said.append(Said(at, f"s{rng.integers(20 * height)}", counts, rng.random() < 0.85))
    return said


def minutes_to_detection(
    world: World, shape: Shape, height: int, rng: np.random.Generator
) -> float | None:
    """Let one storm loose at a random moment; None: not told within twelve hours."""
    span = (WATCHED - timedelta(days=2)) / timedelta(minutes=1)
    start = START + LEARNING + timedelta(minutes=float(rng.uniform(0, span)))
    if any(a < start + timedelta(hours=12) and b > start for a, b in world.unread):
        return minutes_to_detection(world, shape, height, rng)
    around = [*_recent(world.said, start), *_between(world.said, start)]
    said = sorted([*around, *storm(rng, shape, height, start)])
    profile = world.profile(start)
    tick = START + ((start - START) // STEP + 1) * STEP
    while tick < start + timedelta(hours=12):
        if next_phase(None, read(SHITSTORM, said, profile, tick)):
            return (tick - start) / timedelta(minutes=1)
        tick += STEP
    return None


def _between(said: Sequence[Said], start: datetime) -> Sequence[Said]:
    from bisect import bisect_left

    first = bisect_left(said, start, key=lambda post: post.at)
    last = bisect_left(said, start + timedelta(hours=12), key=lambda post: post.at)
    return said[first:last]


def main(seeds: Sequence[int]) -> None:
    """Simulate and print both tables."""
    print(f"seeds {', '.join(map(str, seeds))}; {WATCHED.days} days watched per brand and seed\n")
    months = len(seeds) * WATCHED.days / 30.4
    print("mentions a day | growth a week | false alarms a month | told | seconds")
    worlds: dict[int, list[World]] = {}
    for volume in VOLUMES:
        for growth in (0.0, 0.04) if volume < 5_000 else (0.0,):
            began = time.process_time()
            made = [simulate(volume, seed, growth) for seed in seeds]
            told = [at for world in made for at in false_alarms(world)]
            spent = time.process_time() - began
            print(
                f"{volume:>14,} | {growth:>12.0%} | {len(told) / months:>19.2f} | "
                f"{len(told):>4} | {spent:>7.1f}",
                flush=True,
            )
            worlds.setdefault(volume, made)
    print(
        "\nstorm | mentions a day | people an hour | missed | median minutes | slowest of 10 in 10"
    )
    for shape in SHAPES:
        for volume, height in zip(VOLUMES, shape.heights, strict=True):
            rng = np.random.default_rng(seeds[0] * 31 + volume)
            found = [
                minutes_to_detection(world, shape, height, rng)
                for world in worlds[volume]
                for _number in range(STORMS // len(seeds))
            ]
            times = sorted(each for each in found if each is not None)
            print(
                f"{shape.name:<24} | {volume:>6,} | {height:>4} | "
                f"{len(found) - len(times)} of {len(found)} | "
                f"{median(times) if times else float('nan'):.0f} | "
                f"{times[int(0.9 * (len(times) - 1))] if times else float('nan'):.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main([int(seed) for seed in sys.argv[1:]] or SEEDS)
