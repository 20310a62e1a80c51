"""What a person does in a test: open a page, press a button of one of its forms."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from fastapi.testclient import TestClient
from httpx import Response


class Forms(HTMLParser):
    """The hidden and chosen fields of each form of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.buttons: list[set[str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
            self.buttons.append(set())
        elif tag == "input" and told.get("type") == "hidden":
            self.forms[-1][told["name"]] = told["value"]
        elif tag == "button" and told.get("name") == "do":
            self.buttons[-1].add(told["value"])


def mention_at(post_id: str, brand: str = "kronfurt", **view: str) -> str:
    """The address of a mention."""
    filters = "".join(f"&{name}={value}" for name, value in view.items())
    return f"/mention?of={brand}&on=x&post_id={post_id}{filters}"


def press(
    client: TestClient, page: Response, do: str, follow_redirects: bool = True, **fields: str
) -> Response:
    """Press the first button `do` on a page; `fields` are what was typed beside it."""
    found = Forms(page.text)
    for form, buttons in zip(found.forms, found.buttons, strict=True):
        if do in buttons and all(form.get(name) == fields[name] for name in form if name in fields):
            told = {**form, **fields, "do": do}
            return client.post("/act", data=told, follow_redirects=follow_redirects)
    raise AssertionError(f"no button {do!r} on the page")


def do(client: TestClient, post_id: str, action: str, **fields: Any) -> Response:  # noqa: ANN401
    """Open a mention and press one of its buttons."""
    brand = fields.pop("brand", "kronfurt")
    return press(client, client.get(mention_at(post_id, brand)), action, **fields)
