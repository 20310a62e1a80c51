"""The commands' own help as Markdown; `docs/cli.md` is made of it."""

from __future__ import annotations

from typing import Any

import typer

_WIDTH = 88


def commands_markdown() -> str:
    """Return a heading and the help of every command, in the order and groups of `horch`."""
    from cli.main import app

    group: Any = typer.main.get_command(app)
    parts: list[str] = []
    heading = ""
    for name, command in group.commands.items():
        if command.rich_help_panel != heading:
            heading = command.rich_help_panel
            parts.append(f"## {heading}")
        parts.append(f"### horch {name}\n\n```\n{_help(group, name)}\n```")
    return "\n\n" + "\n\n".join(parts) + "\n\n"


def _help(group: Any, name: str) -> str:  # noqa: ANN401
    with group.make_context("horch", [], resilient_parsing=True, terminal_width=_WIDTH) as above:
        command = group.commands[name]
        with command.make_context(name, [], parent=above, resilient_parsing=True) as context:
            return "\n".join(line.rstrip() for line in context.get_help().splitlines())


def queries_markdown() -> str:
    """Every query, by folder, with what its file says of it."""
    from warehouse import catalogue

    lines: list[str] = []
    folder = ""
    for info in sorted(catalogue(), key=lambda info: (info.folder, info.name)):
        if info.folder != folder:
            folder = info.folder
            lines += [
                "",
                f"### {folder}",
                "",
                "| query | what it gives | a row is |",
                "|---|---|---|",
            ]
        lines.append(f"| `{info.name}` | {info.description} | {info.grain} |")
    return "\n".join([*lines, ""])
