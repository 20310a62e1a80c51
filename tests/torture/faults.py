"""Servers that fail in every way a platform fails, as a seed decides."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from demo.http_server import Fault, Reply, Request
from demo.reddit_server import RedditApp, RedditServer
from demo.x_server import _CAP_EXCEEDED, _CREDITS_DEPLETED, XApp, XServer

Clock = Callable[[], datetime]

_EMPTY = "aaempty"
_ENDLESS = "aaendless"


class Saboteur:
    """Decides what goes wrong with which request.

    Attributes:
        rate: share of the requests that fail; 0 while all is well.
        kinds: what may go wrong now.
        counts: what went wrong, by kind.
    """

    FAULTS = (
        "429 with header", "429 without header", "500", "503 HTML", "200 HTML", "truncated JSON",
        "dropped", "dropped after the answer", "empty object", "JSON list", "slow",
    )  # fmt: skip
    REFUSALS = ("401", "403", "402", "monthly cap")
    DISTORTIONS = (
        "shuffled page", "shuffled pages", "repeated posts", "empty page", "endless tokens",
    )  # fmt: skip
    ALL = FAULTS + REFUSALS + DISTORTIONS

    def __init__(self, rng: Random, clock: Clock) -> None:
        self.rng = rng
        self.clock = clock
        self.rate = 0.0
        self.kinds: tuple[str, ...] = self.ALL
        self.counts: Counter[str] = Counter()
        self.lock = threading.Lock()

    def kind(self, among: tuple[str, ...]) -> str | None:
        """Draw a kind of failure of a group, or None."""
        with self.lock:
            kinds = [kind for kind in self.kinds if kind in among]
            if not kinds or self.rng.random() >= self.rate * len(kinds) / len(self.kinds):
                return None
            chosen = self.rng.choice(kinds)
            self.counts[chosen] += 1
            return chosen

    def fault(self, reset: str) -> Fault | None:
        """Draw what is sent instead of the answer; `reset` names the platform's header."""
        kind = self.kind(self.FAULTS + self.REFUSALS)
        if kind is None:
            return None
        if kind == "429 with header":
            ahead = timedelta(minutes=self.rng.randrange(1, 15))
            at = int((self.clock() + ahead).timestamp())
            again = ahead.seconds if reset == "retry-after" else at
            return Fault(status=429, body={"title": "Too Many"}, headers={reset: str(again)})
        if kind == "truncated JSON":
            return Fault(truncate=self.rng.randrange(1, 400))
        return replace(_SENT[kind])


_HTML = "<html><title>Etwas ging schief</title></html>"
_SENT = {
    "429 without header": Fault(status=429, body={"title": "Too Many Requests"}),
    "500": Fault(status=500, body={"title": "Nein"}),
    "401": Fault(status=401, body={"title": "Nein"}),
    "403": Fault(status=403, body={"title": "Nein"}),
    "402": Fault(status=402, body=_CREDITS_DEPLETED.body),
    "monthly cap": Fault(status=429, body=_CAP_EXCEEDED.body),
    "503 HTML": Fault(status=503, body=_HTML),
    "200 HTML": Fault(status=200, body=_HTML),
    "dropped": Fault(drop=True),
    "dropped after the answer": Fault(truncate=0),
    "empty object": Fault(status=200, body={}),
    "JSON list": Fault(status=200, body=[1, "zwei", None]),
    "slow": Fault(delay=0.02),
}


class TortureX(XServer):
    """X, sabotaged; knows what every calendar month has cost."""

    def __init__(self, app: XApp, saboteur: Saboteur) -> None:
        super().__init__(app)
        self.saboteur = saboteur
        self.answer = self._answer
        self.usd_of_month: Counter[str] = Counter()
        self.shuffled: dict[str, Reply] = {}

    def take_fault(self, request: Request) -> Fault | None:
        return self.saboteur.fault("x-rate-limit-reset")

    def _answer(self, request: Request) -> Reply:
        before = self.app.meter.cost_usd
        reply = self._distorted(request)
        month = f"{self.app.clock():%Y-%m}"
        self.usd_of_month[month] += int((self.app.meter.cost_usd - before) * Decimal(1000))
        return reply

    def _distorted(self, request: Request) -> Reply:
        token = request.query.get("next_token", "")
        if token in self.shuffled:
            return self.shuffled.pop(token)
        if token.startswith(_ENDLESS) and self.saboteur.rate:
            return _nothing(f"{_ENDLESS}{int(token.removeprefix(_ENDLESS)) + 1}")
        if token.startswith((_EMPTY, _ENDLESS)):
            real = token.removeprefix(_EMPTY) if token.startswith(_EMPTY) else ""
            query = {k: v for k, v in request.query.items() if k != "next_token"}
            request = replace(request, query=query | ({"next_token": real} if real else {}))
        is_search = request.path.endswith("search/recent")
        kind = self.saboteur.kind(self.saboteur.DISTORTIONS) if is_search else None
        if kind == "endless tokens":
            return _nothing(f"{_ENDLESS}0")
        if kind == "empty page":
            return _nothing(_EMPTY + request.query.get("next_token", ""))
        reply = self.app(request)
        data = reply.body.get("data") if isinstance(reply.body, dict) else None
        if data and kind == "shuffled pages":
            return self._shuffled(request, reply)
        if data and kind == "shuffled page":
            self.saboteur.rng.shuffle(data)
        if data and kind == "repeated posts":
            data += data[: self.saboteur.rng.randrange(1, 4)]
            reply.body["meta"]["result_count"] = len(data)
        return reply

    def _shuffled(self, request: Request, reply: Reply) -> Reply:
        """Answer a whole series of pages in no order at all."""
        pages = [reply]
        while token := pages[-1].body["meta"].get("next_token"):
            pages.append(self.app(replace(request, query=request.query | {"next_token": token})))
        items = [item for page in pages for item in page.body.get("data", ())]
        self.saboteur.rng.shuffle(items)
        for number, page in enumerate(pages):
            size = len(page.body.get("data", ()))
            page.body["data"], items = items[:size], items[size:]
            if number:
                token = f"aashuffled{len(self.shuffled)}x{self.saboteur.rng.randrange(10**9)}"
                pages[number - 1].body["meta"]["next_token"] = token
                self.shuffled[token] = page
        return pages[0]


class TortureReddit(RedditServer):
    """Reddit, sabotaged."""

    def __init__(self, app: RedditApp, saboteur: Saboteur) -> None:
        super().__init__(app)
        self.saboteur = saboteur
        self.answer = self._answer

    def take_fault(self, request: Request) -> Fault | None:
        if request.path == "/api/v1/access_token":
            return None
        return self.saboteur.fault("retry-after")

    def _answer(self, request: Request) -> Reply:
        after = request.query.get("after", "")
        if after.startswith(_ENDLESS) and self.saboteur.rate:
            return _listing(f"{_ENDLESS}{int(after.removeprefix(_ENDLESS)) + 1}")
        if after.startswith((_EMPTY, _ENDLESS)):
            real = after.removeprefix(_EMPTY) if after.startswith(_EMPTY) else ""
            query = {k: v for k, v in request.query.items() if k != "after"}
            request = replace(request, query=query | ({"after": real} if real else {}))
        is_listing = request.path.endswith(("/new", "/comments"))
        kind = self.saboteur.kind(self.saboteur.DISTORTIONS) if is_listing else None
        if kind == "endless tokens":
            return _listing(f"{_ENDLESS}0")
        if kind == "empty page":
            return _listing(_EMPTY + request.query.get("after", ""))
        reply = self.app(request)
        children = _children(reply.body) if kind else []
        if children and kind == "shuffled page":
            self.saboteur.rng.shuffle(children)
        if children and kind == "repeated posts":
            children += children[: self.saboteur.rng.randrange(1, 4)]
        return reply


def _nothing(token: str) -> Reply:
    return Reply(200, {"meta": {"result_count": 0, "next_token": token}})


def _listing(after: str) -> Reply:
    return Reply(200, {"kind": "Listing", "data": {"children": [], "after": after}})


def _children(body: Any) -> list[Any]:  # noqa: ANN401 -- JSON
    data = body.get("data") if isinstance(body, dict) else None
    children = data.get("children") if isinstance(data, dict) else None
    return children if isinstance(children, list) else []
