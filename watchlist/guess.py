"""What somebody probably meant who wrote something else."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from zoneinfo import available_timezones

import holidays

#: What people write for a time zone, beside the English name of a city.
_ZONES_BY_HABIT = {
    "mez": "Europe/Berlin",
    "mesz": "Europe/Berlin",
    "cest": "Europe/Berlin",
    "deutschland": "Europe/Berlin",
    "germany": "Europe/Berlin",
    "wien": "Europe/Vienna",
    "zürich": "Europe/Zurich",
    "österreich": "Europe/Vienna",
    "schweiz": "Europe/Zurich",
}


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant, or None."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    close = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def nearest_zone(word: str) -> str | None:
    """Return the time zone that was probably meant: a habit, a city's name, a slip of the pen."""
    folded = word.strip().casefold().replace(" ", "_")
    if folded in _ZONES_BY_HABIT:
        return _ZONES_BY_HABIT[folded]
    zones = sorted(zone for zone in available_timezones() if "/" in zone)
    cities = {zone.rpartition("/")[2].casefold(): zone for zone in reversed(zones)}
    if folded in cities:
        return cities[folded]
    return nearest(word, zones) or cities.get(nearest(folded, cities) or "")


def one_line(value: str) -> str:
    """Quote a value from the file for a message: short, in one line, nothing invisible."""
    shown = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in value)
    return f'"{shown[:59]}…"' if len(shown) > 60 else f'"{shown}"'


def state_codes(country: str) -> tuple[str, ...] | None:
    """Return the codes of a country's states, or None where its public holidays are unknown."""
    try:
        return tuple(holidays.country_holidays(country).subdivisions)
    except NotImplementedError:
        return None


def state_code(country: str, name: str) -> str | None:
    """Return the code of a state by its code or name in any case ("bayern" is "BY"), or None."""
    calendar = holidays.country_holidays(country)
    codes = {code.casefold(): code for code in calendar.subdivisions}
    names = {alias.casefold(): code for alias, code in calendar.subdivisions_aliases.items()}
    meant = name.strip().casefold()
    return (codes | names).get(meant) or names.get(nearest(meant, names) or "")
