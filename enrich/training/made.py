"""Makes new texts for the teacher out of old ones, so that it shows what each word does to a text.

A text loses some of its words, ends like another one from a word on that both have, or has some of
its words replaced by others of the same small cluster. All by seed.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from enrich.clusters import clusters
from enrich.features import word_hashes

MANY, FEW = (3, 5, 6), (0, 1, 2)
"""How many texts of each kind are tried to be made out of one: thinned, joined, swapped."""

LONGEST = 60
"""Words of a text that are used."""
SHORTEST = 4

BESIDE = ".,;\"'-–—*/()[]{}<>|&%$€=+~^!?:"
"""What may stand beside a word."""

_SEED = 11

Places = dict[str, list[tuple[int, int]]]
Alike = dict[int, list[str]]


def made(texts: Sequence[tuple[str, str]], times: tuple[int, int, int] = MANY) -> Iterator[str]:
    """New texts.

    Args:
        texts: Each with its domain; words are joined and swapped within one.
        times: See `MANY`.
    """
    thinned, joined, swapped = times
    chance = random.Random(_SEED)  # noqa: S311 (no secret)
    words = [text.split()[:LONGEST] for text, _ in texts]
    plain = [[word.strip(BESIDE).lower() for word in some] for some in words]
    domains = [domain for _, domain in texts]
    number = _numbers(plain)
    places, alike = _places(plain, domains), _alike(plain, domains, number)
    for at, domain in enumerate(domains):
        own, bare = words[at], plain[at]
        if len(own) < SHORTEST:
            continue
        for _ in range(thinned):
            share = chance.uniform(0.55, 0.95)
            yield " ".join(word for word in own if chance.random() < share)
        for _ in range(joined):
            cut = chance.randrange(1, len(own))
            others = places[domain].get(bare[cut], [])
            if len(others) < 2:
                continue
            other, there = chance.choice(others)
            if other != at:
                yield " ".join(own[:cut] + words[other][there:])
        for _ in range(swapped):
            share = chance.uniform(0.1, 0.4)
            new = []
            for word, small in zip(own, bare, strict=True):
                some = alike[domain].get(number.get(small, 0), [])
                swap = len(some) > 1 and chance.random() < share
                new.append(_in_place(word, small, chance.choice(some)) if swap else word)
            if new != own:
                yield " ".join(new)


def _numbers(plain: Sequence[Sequence[str]]) -> dict[str, int]:
    """The small cluster of each word, 0 for none."""
    words = sorted({word for some in plain for word in some if word})
    _, fine = clusters()(word_hashes(words))
    return dict(zip(words, fine.tolist(), strict=True))


def _places(plain: Sequence[Sequence[str]], domains: Sequence[str]) -> dict[str, Places]:
    """Where words stand, by domain: text and position."""
    found: dict[str, Places] = defaultdict(lambda: defaultdict(list))
    for number, (some, domain) in enumerate(zip(plain, domains, strict=True)):
        for at, word in enumerate(some):
            if word:
                found[domain][word].append((number, at))
    return found


def _alike(
    plain: Sequence[Sequence[str]], domains: Sequence[str], number: dict[str, int]
) -> dict[str, Alike]:
    """The words of each cluster, by domain, that more than one text has."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for some, domain in zip(plain, domains, strict=True):
        counts[domain].update(set(some))
    found: dict[str, Alike] = defaultdict(lambda: defaultdict(list))
    for domain, count in counts.items():
        for word in sorted(count):
            if count[word] > 1 and number.get(word):
                found[domain][number[word]].append(word)
    return found


def _in_place(word: str, small: str, new: str) -> str:
    """A word with another one in its place, as large as it and with the same signs beside it."""
    at = word.lower().find(small)
    if word[:1].isupper() or word[at : at + 1].isupper():
        new = new[:1].upper() + new[1:]
    return word[:at] + new + word[at + len(small) :]
