"""The `horch` command: every sub-command by group, and the way in."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.metadata import version
from typing import Annotated

import typer

from cli import (
    alerts,
    backfill,
    check,
    correct,
    demo,
    digests,
    doctor,
    evaluate,
    forget,
    init,
    ledger,
    posts,
    query,
    schema,
    serve,
    steps,
    tag,
)
from cli.frame import Commands, report_bug, say_more, set_up_logging

app = typer.Typer(
    name="horch",
    cls=Commands,
    help="Find what customers say in public, and what of it nobody has answered yet.",
    epilog="Start with horch init, or with horch demo to see it all without any account.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)


@app.callback(invoke_without_command=True)
def horch(
    context: typer.Context,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say more on the error stream.")
    ] = False,
    show_version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)
    ] = False,
) -> None:
    """Find what customers say in public, and what of it nobody has answered yet."""
    if verbose:
        say_more()
    if show_version:
        print(f"horch {version('horchposten')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help())


#: Commands in the order in which `horch` lists them.
GROUPS: dict[str, tuple[tuple[str, Callable[..., None]], ...]] = {
    "Setting up": (
        ("demo", demo.demo),
        ("init", init.init),
        ("check", check.check),
        ("doctor", doctor.doctor),
        ("user", serve.user),
    ),
    "Every day": (
        ("run", steps.run),
        ("query", query.query),
        ("queries", query.queries),
        ("correct", correct.correct),
        ("digest", digests.digest),
        ("alerts", alerts.alerts),
        ("serve", serve.serve),
    ),
    "Keeping books": (
        ("coverage", ledger.coverage),
        ("gaps", ledger.gaps),
        ("usage", ledger.usage),
        ("rejects", ledger.rejects),
        ("schema", schema.schema),
        ("forget", forget.forget),
    ),
    "Step by step": (
        ("collect", steps.collect),
        ("backfill", backfill.backfill),
        ("import", posts.import_posts),
        ("load", steps.load),
        ("answers", steps.answers),
        ("publish", steps.publish),
        ("tag", tag.tag),
        ("evaluate", evaluate.evaluate),
    ),
}

for heading, commands in GROUPS.items():
    for name, command in commands:
        app.command(name, rich_help_panel=heading)(command)


def main() -> None:
    """Run the command line of this process."""
    sys.excepthook = report_bug
    set_up_logging()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    typer.main.get_command(app).main(prog_name="horch")
