"""How unusual it is what people say now, in points with reasons."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from datetime import datetime, timedelta

from digest.alerts.baseline import Profile
from digest.alerts.model import Posts, Pulse, Verdict

NARROW = timedelta(hours=1)
WIDE = timedelta(hours=3)

#: An account that posted more often than this in four hours does not count as a person, …
MOST_POSTS = 5
#: … and people who post more often than this on average count for fewer.
POSTS_EACH = 2.0
#: Fewer people than this are no wave, however quiet it usually is.
FEWEST_PEOPLE = 5
#: A wave is at least so many times the usual number.
TIMES_USUAL = 3.0
#: The most points that something too small for a wave can get.
SMALL = 40

_POINTS_PER_ZERO = 9.0  # for each zero behind the comma of its probability
_VOLUME, _SHARE, _BACKLOG, _REACH = 60.0, 20.0, 10.0, 10.0


def measure(said: Posts, since: datetime, until: datetime) -> Pulse:
    """Count what was said in [since, until); `said` is in order of time."""
    lately = _between(said, min(since, until - WIDE - NARROW), until)
    often = Counter(post.who for post in lately if post.counts)
    loud = {who for who, count in often.items() if count > MOST_POSTS}
    inside = _between(lately, since, until)
    kept = [post for post in inside if post.who not in loud] if loud else inside
    counting = [post for post in kept if post.counts]
    reach = {post.who: post.reach for post in counting}
    return Pulse(
        since=since,
        until=until,
        people=len(reach),
        posts=len(counting),
        mentions=len(kept),
        open_posts=sum(post.is_open for post in counting),
        reach=sum(reach.values()),
        loud=len(loud),
    )


def _between(said: Posts, since: datetime, until: datetime) -> Posts:
    first = bisect_left(said, since, key=lambda post: post.at)
    return said[first : bisect_left(said, until, key=lambda post: post.at)]


def judge(profile: Profile, pulse: Pulse) -> Verdict:
    """Hold a pulse against what is usual.

    Up to 60 points for how improbable the number of people is, up to 20 for the share of mentions
    that count, up to 10 each for what nobody has answered and for reach. A share below the usual
    one takes points: a campaign brings praise, and some complaints with it.
    """
    expected = profile.expected(pulse.since, pulse.until)
    people = _counting(pulse)
    surprise = improbability(people, expected, profile.spread)
    points = min(_VOLUME, _POINTS_PER_ZERO * surprise)
    if pulse.people:
        points += _share_points(pulse, profile.share)
        points += _BACKLOG * pulse.open_posts / pulse.posts
        points += min(_REACH, max(0.0, 5.0 * (math.log10(1 + pulse.reach) - 4.0)))
    if people < max(FEWEST_PEOPLE, TIMES_USUAL * expected):
        points = min(points, SMALL)
    return Verdict(pulse, expected, surprise, round(min(max(points, 0.0), 100.0)))


def _counting(pulse: Pulse) -> int:
    """People, fewer of them where a handful of accounts makes most of the noise."""
    if pulse.posts <= POSTS_EACH * pulse.people:
        return pulse.people
    return int(POSTS_EACH * pulse.people**2 / pulse.posts)


def _share_points(pulse: Pulse, usual: float) -> float:
    share = pulse.posts / pulse.mentions
    above = (share - usual) / max(1.0 - usual, 0.1)
    below = (share - usual) / max(usual, 0.1)
    return _SHARE * (above if above >= 0 else max(below, -1.0))


def improbability(people: int, expected: float, spread: float) -> float:
    """-log10 of the chance to see so many people or more (negative binomial)."""
    if people <= 0 or expected <= 0:
        return 0.0
    size = 1.0 / spread
    odds = expected / (expected + size)
    first = (
        math.lgamma(people + size)
        - math.lgamma(size)
        - math.lgamma(people + 1)
        + size * math.log1p(-odds)
        + people * math.log(odds)
    )
    total, term, count = 1.0, 1.0, people
    while term > 1e-9 * total:
        term *= (count + size) / (count + 1) * odds
        total, count = total + term, count + 1
    return max(0.0, -(first + math.log(total)) / math.log(10))
