"""Connections are read in both of Airflow's forms, and never show what they hold."""

import json

import pytest

from collectors.connection import Connection, ConnectionFormatError, parse_connection


def test_the_json_form() -> None:
    text = json.dumps(
        {
            "conn_type": "http",
            "host": "x.example",
            "schema": "http",
            "port": 8080,
            "password": "geheim",
            "extra": {"dialect": "post"},
        }
    )

    found = parse_connection("x", text)

    assert found == Connection(
        "x", host="http://x.example", port=8080, password="geheim", extra={"dialect": "post"}
    )
    assert found.base_url == "http://x.example:8080"


def test_extra_may_be_text_as_airflow_writes_it() -> None:
    found = parse_connection("x", '{"extra": "{\\"dialect\\": \\"post\\"}"}')

    assert found.extra == {"dialect": "post"}


def test_the_uri_form_unescapes() -> None:
    found = parse_connection("reddit", "http://id:p%40ss%2Fw@r.example:81/?scheme=http&username=u")

    assert (found.login, found.password, found.base_url) == ("id", "p@ss/w", "http://r.example:81")
    assert found.extra == {"username": "u"}


def test_no_host_means_the_platforms_own() -> None:
    assert parse_connection("x", '{"password": "t"}').base_url == ""


@pytest.mark.parametrize(
    "text", ["", "geheim", '{"password": "geheim"', "[]", '{"port": "geheim"}']
)
def test_what_is_neither_form_is_told_without_repeating_it(text: str) -> None:
    with pytest.raises(ConnectionFormatError, match="AIRFLOW_CONN_HORCH_X") as caught:
        parse_connection("x", text)

    assert "geheim" not in str(caught.value)


def test_a_connection_does_not_show_its_secrets() -> None:
    shown = repr(Connection("x", password="geheim", extra={"password": "geheim"}))

    assert "geheim" not in shown
