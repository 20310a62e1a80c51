"""Every key and list item is found on its line, whatever way TOML lets people write it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.locate import KeyPath, lines_of

WRITTEN = '''\
# a comment with [brackets] = "and quotes
title = "one # no comment"   # a comment
"quoted key" = 'it''s'
a.b . "c.d" = 1.5
long = """
first ] line
second "quoted" line\\
"""
raw = \'\'\'
x = [
\'\'\'
after = 1979-05-27 07:32:00

[[brands]]
id = "one"
hashtags = [ # why
  "#a",

  "#b", "#c",   # two on a line
  # nothing here
]
hours = {mon = ["08:00-12:00", "13:00-17:00"], tue = []}
nested = [[1, 2],
  [3]]
  [brands.digest]
  recipients = ["x@example.org"]

[[brands]]
id = "two"
[brands.digest.deeper]
at = 1
[[brands.teams]]
n = 1
[[brands.teams]]
n = 2
'''.replace("it''s", "its")


def test_every_way_to_write_a_key_is_found_on_its_line() -> None:
    lines = lines_of(WRITTEN)
    assert lines["title",] == 2
    assert lines["quoted key",] == 3
    assert lines["a", "b", "c.d"] == 4
    assert lines["long",] == 5
    assert lines["raw",] == 9
    assert lines["after",] == 12
    assert lines["brands", 0] == 14
    assert lines["brands", 0, "hashtags"] == 16
    assert [lines["brands", 0, "hashtags", n] for n in range(3)] == [17, 19, 19]
    assert lines["brands", 0, "hours", "mon", 1] == 22
    assert lines["brands", 0, "hours", "tue"] == 22
    assert lines["brands", 0, "nested", 1, 0] == 24
    assert lines["brands", 0, "digest", "recipients", 0] == 26
    assert lines["brands", 1] == 28
    assert lines["brands", 1, "digest", "deeper", "at"] == 31
    assert lines["brands", 1, "teams", 1, "n"] == 35


def test_it_finds_exactly_the_keys_that_the_reader_finds() -> None:
    assert set(lines_of(WRITTEN)) == set(_paths(tomllib.loads(WRITTEN)))


def test_the_example_is_located_completely() -> None:
    text = (Path(__file__).parents[2] / "watchlist.toml").read_text(encoding="utf-8")
    assert set(lines_of(text)) == set(_paths(tomllib.loads(text)))


@pytest.mark.parametrize(
    "text", ["", "\n\n", "# only a comment", "a = 1", "a = 1\r\nb = [\r\n2]\r\n"]
)
def test_small_files(text: str) -> None:
    assert set(lines_of(text)) == set(_paths(tomllib.loads(text)))


def test_windows_line_ends_do_not_shift_lines() -> None:
    assert lines_of("a = 1\r\n\r\nb = 2\r\n")["b",] == 3


_texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=8)
_values = st.recursive(
    st.integers(-9, 9) | st.booleans() | _texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(_texts, _values, max_size=5))
def test_any_document_is_located_completely(document: dict[str, object]) -> None:
    text = "".join(f"{_quoted(key)} = {_written(value)}\n" for key, value in document.items())
    assert tomllib.loads(text) == document
    lines = lines_of(text)
    assert set(lines) == set(_paths(document))
    for number, key in enumerate(document, start=1):
        assert lines[key,] == number


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _written(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return _quoted(value)
        case list():
            return "[" + ", ".join(map(_written, value)) + "]"
        case dict():
            pairs = (f"{_quoted(key)} = {_written(inner)}" for key, inner in value.items())
            return "{" + ", ".join(pairs) + "}"
    return str(value)


def _paths(value: object, path: KeyPath = ()) -> list[KeyPath]:
    here = [path] if path else []
    match value:
        case dict():
            return here + [p for key, item in value.items() for p in _paths(item, (*path, key))]
        case list():
            return here + [p for n, item in enumerate(value) for p in _paths(item, (*path, n))]
    return here
