"""Two models, or two versions of one, side by side: what a tag said and what became of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from enrich.model import INTENTS
from enrich.private import mask

TAGS = ("lang", "sentiment", *INTENTS, "settled", "reply_kind", "private_data", "spill_over")
EXAMPLE_LENGTH = 110


@dataclass(frozen=True)
class Change:
    """How often a tag was one thing and became another, or stayed the same.

    Attributes:
        tag: Which tag.
        was: What the old model says; yes or no for flags.
        became: What the new one says.
        count: Of how many texts.
    """

    tag: str
    was: str
    became: str
    count: int


@dataclass(frozen=True)
class Example:
    """A text of which two models say different things, with private data masked."""

    tag: str
    was: str
    became: str
    text: str


@dataclass(frozen=True)
class Comparison:
    """What became of the tags between two models."""

    old: str
    new: str
    changes: tuple[Change, ...]
    examples: tuple[Example, ...]

    def __str__(self) -> str:
        """A plain text table, then the examples."""
        head = f"{'tag':<14}{'posts':>9}{'agreement':>11}  changes"
        lines = [f"{self.old} → {self.new}", "", head, *self._table()]
        if self.examples:
            lines += ["", "examples, newest first"]
        lines += [f"{e.tag}: {e.was} → {e.became}: {e.text}" for e in self.examples]
        return "\n".join(lines)

    def agreement(self, tag: str) -> float:
        """The share of texts of which both say the same; 1 where there are none."""
        found = [change for change in self.changes if change.tag == tag]
        same = sum(change.count for change in found if change.was == change.became)
        return same / (sum(change.count for change in found) or 1) if found else 1.0

    def _table(self) -> Iterator[str]:
        for tag in TAGS:
            found = [change for change in self.changes if change.tag == tag]
            different = sorted(
                (c for c in found if c.was != c.became), key=lambda c: (-c.count, c.was, c.became)
            )
            said = ", ".join(f"{c.count:,} {c.was} → {c.became}" for c in different[:3])
            total = sum(change.count for change in found)
            yield f"{tag:<14}{total:>9,}{self.agreement(tag):>11.3f}  {said}".rstrip()


def compare(
    old: str,
    new: str,
    read: Iterable[tuple[str, Mapping[str, object], Mapping[str, object]]],
    examples: int = 3,
) -> Comparison:
    """Compares the tags of the same texts.

    Args:
        old: Name of the first model.
        new: Name of the second.
        read: Texts with the tags of both.
        examples: Texts to show for each tag at most.
    """
    counts = Counter[tuple[str, str, str]]()
    shown: list[Example] = []
    per_tag = Counter[str]()
    for text, before, now in read:
        for tag in TAGS:
            was, became = word(before[tag]), word(now[tag])
            counts[tag, was, became] += 1
            if was != became and per_tag[tag] < examples:
                per_tag[tag] += 1
                shown.append(Example(tag, was, became, excerpt(text)))
    changes = tuple(Change(*key, count) for key, count in counts.items())
    shown.sort(key=lambda example: TAGS.index(example.tag))
    return Comparison(old, new, changes, tuple(shown))


def word(value: object) -> str:
    """A tag's value as a word: yes, no, the kinds with commas, or none."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ",".join(sorted(value)) or "none"
    return str(value or "none")


def excerpt(text: str) -> str:
    """The beginning of a text in one line, private data masked."""
    line = " ".join(mask(text).split())
    return line if len(line) <= EXAMPLE_LENGTH else line[: EXAMPLE_LENGTH - 1] + "…"
