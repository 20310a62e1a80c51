"""What `horch doctor` looks at: each check is one finding, and costs nothing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from cli import environment
from cli.terminal import age
from collectors.connection import Connection
from watchlist.errors import HorchError

if TYPE_CHECKING:
    from collectors.registry import Platform
    from pipeline.home import Home

State = Literal["ok", "note", "missing", "failed"]
#: Less free space than this is worth a word: a busy month of posts fits into it.
_LITTLE_SPACE = 2 * 1024**3


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: what it is, how it is, and what to know or do about it."""

    subject: str
    state: State
    message: str
    details: tuple[str, ...] = ()

    @property
    def needs_attention(self) -> bool:
        """Whether something does not work the way the watch-list wants it."""
        return self.state in ("missing", "failed")


def platform_findings(home: Home, now: datetime) -> Iterator[Finding]:
    """Ask each watched platform one cheap question."""
    from collectors import registry

    names = sorted({name for brand in home.watchlist.brands for name in brand.platforms})
    for name in names:
        platform = registry.get(name)
        try:
            connection = environment.connection(name)
        except HorchError as error:
            yield Finding(name, "failed", str(error))
            continue
        if connection:
            yield _asked(home, platform, connection, now)
        else:
            yield _missing(platform)


def _missing(platform: Platform) -> Finding:
    facts = documented(platform.__doc__ or "")
    details = [f"{label}: {_first_sentence(facts[key])}" for label, key in _TOLD if key in facts]
    variable = environment.variable(platform.NAME)
    return Finding(platform.NAME, "missing", f"{variable} is not set", tuple(details))


_TOLD = (("it needs", "Auth"), ("it costs", "Cost"), ("it gives", "Reach"))


def documented(docstring: str) -> dict[str, str]:
    """Return the named paragraphs of a platform's documentation (`Auth:`, `Cost:` …)."""
    facts: dict[str, str] = {}
    key = ""
    for line in docstring.splitlines():
        name, colon, rest = line.partition(":")
        if colon and name.isalpha() and name.istitle():
            key, line = name, rest
        elif not line.startswith("    "):
            key = ""
        if key:
            facts[key] = f"{facts.get(key, '')} {line.strip()}".strip()
    return facts


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=\.) (?=[A-Z])", text, maxsplit=1)[0]


def _asked(home: Home, platform: Platform, connection: Connection, now: datetime) -> Finding:
    from pipeline.estimate import estimate

    where = connection.base_url or platform.HOST
    brands = [brand for brand in home.watchlist.brands if platform.NAME in brand.platforms]
    try:
        costs = estimate(platform, platform.connect(connection), brands, now)
    except HorchError as error:
        return Finding(platform.NAME, "failed", str(error).removeprefix(f"{platform.NAME}: "))
    if costs is None:
        return Finding(platform.NAME, "ok", f"{where} answers; reading it is free")
    message = (
        f"{where} answers; about {costs.found:,} posts a month, "
        f"{costs.in_conversations:,} more in conversations and {costs.rechecked:,} re-checks: "
        f"at most ${costs.usd:,.2f}"
    )
    searches, conversations, rechecks = costs.parts_usd
    parts = (
        f"searches ${searches:,.2f}, conversations ${conversations:,.2f}, "
        f"re-checks ${rechecks:,.2f} in the first month"
    )
    return _within_budget(home, platform.NAME, message, costs.usd, parts)


def _within_budget(home: Home, name: str, message: str, dollars: float, parts: str) -> Finding:
    budget = home.watchlist.budget.get(name)
    if budget is None:
        detail = f"no budget is set; write [budget] {name} = {dollars:.0f} to cap it"
        return Finding(name, "note", message, (parts, detail))
    if dollars > budget:
        detail = f"the budget is ${budget:,.2f}: reading stops when it is used up"
        return Finding(name, "note", message, (parts, detail))
    return Finding(name, "ok", f"{message} of a budget of ${budget:,.2f}", (parts,))


def mail_finding(home: Home) -> Finding:
    """Log in to the mail server and out again."""
    from digest import smtp

    try:
        connection = environment.connection(environment.SMTP)
    except HorchError as error:
        return Finding("mail", "failed", str(error))
    if connection is None:
        message = f"{environment.variable('smtp')} is not set: digests are written to {home.outbox}"
        example = '{"conn_type": "smtp", "host": "mail.example.org", "login": …, "password": …, '
        detail = f'to send them, set it to {example}"extra": {{"from_email": …}}}}'
        return Finding("mail", "note", message, (detail,))
    try:
        sender = smtp.sender(connection)
        with smtp.session(connection):
            pass
    except HorchError as error:
        return Finding("mail", "failed", str(error))
    return Finding("mail", "ok", f"{connection.host} takes mail from {sender}")


def tagging_finding(home: Home) -> Finding:
    """Have the model read a word, as it needs packages that may not be there."""
    from enrich import tag_texts

    model = home.watchlist.tagging.model
    try:
        (tags,) = tag_texts([{"text": "Hallo"}], model)
    except HorchError as error:
        return Finding("tagging", "failed", str(error))
    return Finding("tagging", "ok", f"{tags['model']} reads texts")


def recipient_findings(home: Home) -> Iterator[Finding]:
    """Name everybody whose last digest the mail server refused."""
    from pipeline.mailing import refusals

    for brand in home.watchlist.brands:
        for words in refusals(home, brand.id):
            yield Finding("recipients", "failed", words)


def channel_findings(home: Home) -> Iterator[Finding]:
    """Look whether each alert channel's connection names a channel; nothing is sent."""
    names = sorted({name for brand in home.watchlist.brands for name in brand.alerts.channels})
    if not names:
        return
    from digest.alerts import channels

    for name in names:
        try:
            service = channels.test(name, environment.connection(f"{channels.PREFIX}{name}"))
        except HorchError as error:
            yield Finding("alerts", "failed", str(error))
        else:
            yield Finding("alerts", "ok", f"{name} goes to {service}; nothing was sent to try it")


def disk_finding(home: Home) -> Finding:
    """Look at the free space where data is kept."""
    folder = next(path for path in (home.root, *home.root.parents) if path.exists())
    free = shutil.disk_usage(folder).free
    message = f"{_size(free)} free at {home.root}"
    if free < _LITTLE_SPACE:
        return Finding("disk", "failed", f"only {message}; make room before the next run")
    return Finding("disk", "ok", message)


def database_findings(home: Home, now: datetime) -> Iterator[Finding]:
    """Look at the database, the copy for readers, and what has been read last."""
    import warehouse

    if not home.warehouse.exists():
        yield Finding("database", "note", "nothing is stored yet; horch run makes it")
        return
    stored = f"{_size(home.warehouse.stat().st_size)} at {home.warehouse}"
    if not home.reader.exists():
        yield Finding("database", "note", f"{stored}; not published yet, run horch publish")
        return
    published = age((now - _changed(home.reader)).total_seconds())
    try:
        with warehouse.open_reader(home.reader) as con:
            lines = warehouse.coverage_report(con, now)
    except HorchError as error:
        yield Finding("database", "failed", str(error))
        return
    yield Finding("database", "ok", f"{stored}; published {published} ago")
    for name in sorted({line.platform for line in lines}):
        ends = [w.end for line in lines if line.platform == name for w in line.covered]
        if ends:
            yield Finding(name, "ok", f"read up to {age((now - max(ends)).total_seconds())} ago")
        else:
            yield Finding(name, "note", "nothing was read yet; horch run begins")


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _size(count: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit in ("B", "kB") else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} TB"
