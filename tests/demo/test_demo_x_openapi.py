"""The X server cannot drift into a fantasy: it is checked against X's OpenAPI documents.

Accepted parameters and their values must be exactly the document's, and every body must fit the
document's schema without a key that the schema does not name.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from openapi_schema_validator import OAS30Validator

from demo.model import World
from demo.x_dialect import DIALECTS
from demo.x_server import TOKEN, XApp, XServer

DOCUMENTS = {
    "old": "x-openapi-2.165-2026-06-03.json",
    "new": "x-openapi-2.167-docs-2026-08-22.json",
}
PATHS = {
    "/2/tweets/search/recent": "/2/tweets/search/recent",
    "/2/tweets/counts/recent": "/2/tweets/counts/recent",
    "/2/tweets": "/2/tweets",
    "/2/users/by": "/2/users/by",
    "/2/users/by/username/{username}": "/2/users/by/username/SWKronfurt",
    "/2/users/{id}/tweets": "/2/users/1/tweets",
    "/2/users/{id}/mentions": "/2/users/1/mentions",
}
PAGED = [path for path in PATHS if path.endswith(("/recent", "}/tweets", "/mentions"))]


class Document:
    """One OpenAPI document."""

    def __init__(self, file: Path) -> None:
        self.content = json.loads(file.read_text("utf-8"))

    def parameters(self, path: str) -> dict[str, dict[str, Any]]:
        """Query parameters of a GET by name."""
        listed = [self.resolved(p) for p in self.content["paths"][path]["get"]["parameters"]]
        return {p["name"]: p for p in listed if p["in"] == "query"}

    def check(self, path: str, body: dict[str, Any]) -> None:
        """Raise if the body is not what a GET of the path answers."""
        answers = self.content["paths"][path]["get"]["responses"]
        self.check_schema(answers["200"]["content"]["application/json"]["schema"], body)

    def check_schema(self, schema: dict[str, Any], body: dict[str, Any]) -> None:
        """Raise if the body does not fit, or has keys that the schema does not name."""
        OAS30Validator({**schema, "components": self.content["components"]}).validate(body)
        assert not list(self._unknown(schema, body, "")), "keys the document does not have"

    def resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in schema:
            where: Any = self.content
            for part in schema["$ref"].removeprefix("#/").split("/"):
                where = where[part]
            schema = where
        return schema

    def _unknown(self, schema: dict[str, Any], value: object, at: str) -> Iterator[str]:
        schema = self.resolved(schema)
        if isinstance(value, list):
            for item in value:
                yield from self._unknown(schema["items"], item, f"{at}[]")
        elif isinstance(value, dict):
            properties = dict(self._properties(schema, value))
            for key, inner in value.items():
                if key in properties:
                    yield from self._unknown(properties[key], inner, f"{at}.{key}")
                else:
                    yield f"{at}.{key}"

    def _properties(
        self, schema: dict[str, Any], value: dict[str, Any]
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Named properties of a schema, of its parts, and of the variant the value says it is."""
        schema = self.resolved(schema)
        yield from schema.get("properties", {}).items()
        for part in schema.get("allOf", ()):
            yield from self._properties(part, {})
        variants = schema.get("discriminator", {})
        if variant := variants.get("mapping", {}).get(value.get(variants.get("propertyName"))):
            yield from self._properties({"$ref": variant}, {})


@pytest.fixture(params=["old", "new"])
def dialect(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def document(shared: Path, dialect: str) -> Document:
    return Document(shared / "specs" / DOCUMENTS[dialect])


@pytest.fixture
def server(world: World, dialect: str) -> Iterator[XServer]:
    with XServer(XApp(world, lambda: world.anchor, dialect=dialect)) as server:
        yield server


def get(server: XServer, path: str, **parameters: str) -> requests.Response:
    headers = {"authorization": f"Bearer {TOKEN}"}
    return requests.get(server.url + path, parameters, headers=headers, timeout=5)


def everything(dialect: str) -> dict[str, str]:
    """All fields and expansions of the dialect that the server has anything to say about."""
    names = DIALECTS[dialect]
    return {
        names.fields_parameter: ",".join(sorted(names.post_fields)),
        "expansions": ",".join(sorted(names.expansions)),
        "user.fields": ",".join(sorted(names.user_fields)),
    }


@pytest.mark.parametrize("path", PATHS)
def test_accepts_exactly_the_documented_parameters(
    document: Document, server: XServer, path: str
) -> None:
    message = get(server, PATHS[path], bogus="1").json()["errors"][0]["message"]
    accepted = message.partition("is not one of [")[2].removesuffix("]").split(",")
    assert set(accepted) == set(document.parameters(path))


def test_field_values_are_the_documented_ones(document: Document, dialect: str) -> None:
    names = DIALECTS[dialect]
    posts = document.parameters("/2/tweets/search/recent")
    users = document.parameters("/2/users/by")
    for given, parameter in (
        (names.post_fields, posts[names.fields_parameter]),
        (names.expansions, posts["expansions"]),
        (names.user_fields, posts["user.fields"]),
        (names.user_expansions, users["expansions"]),
    ):
        assert given == set(parameter["schema"]["items"]["enum"])


@pytest.mark.parametrize("path", [path for path in PAGED if "counts" not in path])
def test_page_sizes_are_the_documented_ones(document: Document, server: XServer, path: str) -> None:
    documented = document.parameters(path)
    asked = {"query": "strom"} if "query" in documented else {}
    low, high = (documented["max_results"]["schema"][end] for end in ("minimum", "maximum"))
    for size, status in ((low - 1, 400), (low, 200), (high, 200), (high + 1, 400)):
        assert get(server, PATHS[path], max_results=str(size), **asked).status_code == status


def test_every_post_of_the_world_fits_the_schema(
    document: Document, server: XServer, dialect: str, world: World
) -> None:
    ids = [post.post_id for post in world.posts if post.platform == "x"]
    for start in range(0, len(ids), 100):
        asked = {"ids": ",".join(ids[start : start + 100])} | everything(dialect)
        document.check("/2/tweets", get(server, "/2/tweets", **asked).json())


def test_search_timeline_and_mentions_fit_the_schema(
    document: Document, server: XServer, dialect: str, world: World
) -> None:
    asked = everything(dialect) | {"max_results": "100"}
    search = get(server, "/2/tweets/search/recent", query="@SWKronfurt OR strom", **asked).json()
    document.check("/2/tweets/search/recent", search)
    assert "next_token" in search["meta"]
    empty = get(server, "/2/tweets/search/recent", query="gibtesnicht").json()
    document.check("/2/tweets/search/recent", empty)
    number = world.authors["swkronfurt"].number
    for kind in ("tweets", "mentions"):
        body = get(server, f"/2/users/{number}/{kind}", **asked).json()
        assert body["data"]
        document.check(f"/2/users/{{id}}/{kind}", body)


def test_users_and_counts_fit_the_schema(document: Document, server: XServer, dialect: str) -> None:
    fields = {"user.fields": ",".join(sorted(DIALECTS[dialect].user_fields))}
    users = get(server, "/2/users/by", usernames="SWKronfurt,nobody_here", **fields).json()
    assert users["errors"]
    document.check("/2/users/by", users)
    user = get(server, "/2/users/by/username/Dunmarrow", **fields).json()
    document.check("/2/users/by/username/{username}", user)
    for granularity in ("hour", "day"):
        counts = get(server, "/2/tweets/counts/recent", query="strom", granularity=granularity)
        document.check("/2/tweets/counts/recent", counts.json())


def test_refusals_fit_the_problem_schema(document: Document, server: XServer) -> None:
    body = get(server, "/2/tweets/search/recent", query="a", max_results="5").json()
    OAS30Validator(
        {
            "$ref": "#/components/schemas/InvalidRequestProblem",
            "components": document.content["components"],
        }
    ).validate(body)


def test_the_new_dialect_gives_author_and_references_only_as_expansions(
    shared: Path, world: World
) -> None:
    post = world["abschlag-falsch/2"]
    with XServer(XApp(world, lambda: world.anchor, dialect="new")) as server:
        plain = get(server, "/2/tweets", ids=post.post_id).json()["data"][0]
        assert set(plain) == {"id", "text"}
        asked = {"expansions": "author_id,referenced_posts", "post.fields": "public_metrics"}
        full = get(server, "/2/tweets", ids=post.post_id, **asked).json()
    (shown,) = full["data"]
    assert shown["author_id"] == str(post.author.number)
    assert shown["referenced_posts"] == [{"type": "replied_to", "id": post.reply_to}]
    assert "repost_count" in shown["public_metrics"]
    assert [post["id"] for post in full["includes"]["posts"]] == [post.reply_to]
