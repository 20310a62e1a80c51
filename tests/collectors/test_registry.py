"""The registry is cheap to import, its modules keep the protocol, and their page is up to date."""

import subprocess
import sys
from pathlib import Path

import pytest

from collectors import describe, reddit, registry, x
from collectors.registry import Platform

MODULES: list[Platform] = [x, reddit]


def test_importing_the_registry_loads_no_client() -> None:
    code = "import sys, collectors.registry, collectors.landing; print(*sys.modules)"

    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()

    assert not {"tweepy", "praw", "prawcore", "requests"} & set(loaded)


def test_get_loads_the_module() -> None:
    assert [registry.get(name) for name in registry.PLATFORMS] == MODULES
    assert [module.NAME for module in MODULES] == list(registry.PLATFORMS)


def test_an_unknown_platform_is_told_with_the_known_ones() -> None:
    with pytest.raises(registry.UnknownPlatform, match="choose from reddit, x"):
        registry.get("myspace")


@pytest.mark.parametrize("name", registry.PLATFORMS)
def test_every_platform_states_its_facts(name: str) -> None:
    found = describe.facts(registry.get(name).__doc__ or "")

    assert list(found) == list(describe.FACTS)
    assert all(text.endswith(".") for text in found.values())


def test_the_page_about_platforms_is_up_to_date() -> None:
    page = Path(__file__).parents[2] / "docs" / "platforms.md"

    assert page.read_text() == describe.markdown()
