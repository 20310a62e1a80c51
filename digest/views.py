"""Every shape of section with the function that puts it into words for both templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from digest.figures import figures
from digest.foot import cost, freshness, gaps
from digest.head import lead, week_lead
from digest.model import Digest, Section, View
from digest.patterns import days, hours
from digest.plain import defused, one_line
from digest.weekly import best_worst
from digest.words import Words
from digest.work import work_list


def table(digest: Digest, section: Section, words: Words) -> View:
    """Any other section: its rows as they are; cells with a known word are translated."""
    if not section.rows:
        return {}
    group = section.columns[0] if section.columns else ""
    return {
        "columns": [words.label("column", column) for column in section.columns],
        "rows": [[_cell(value, group, words) for value in row.values()] for row in section.rows],
    }


def _cell(value: object, group: str, words: Words) -> str:
    if isinstance(value, bool) or value is None:
        return "" if value is None else words("csv.yes" if value else "csv.no")
    if isinstance(value, int | float | Decimal):
        return words.number(float(value), 2)
    text = one_line(str(value), 60)
    return words.label(group, text) if f"{group}.{text}" in words.messages else defused(text)


SHAPES: Mapping[str, Callable[[Digest, Section, Words], View]] = {
    "lead": lead,
    "week_lead": week_lead,
    "best_worst": best_worst,
    "work_list": work_list,
    "figures": figures,
    "days": days,
    "hours": hours,
    "freshness": freshness,
    "gaps": gaps,
    "cost": cost,
    "table": table,
}
