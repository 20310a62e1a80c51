"""`horch tag`: JSON lines in, JSON lines out, as they come."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from io import BufferedIOBase
from pathlib import Path
from typing import Annotated, BinaryIO, cast

import typer

from cli.frame import say
from cli.options import ModelName

_CHUNK_BYTES = 1 << 18


def tag(
    file: Annotated[
        Path | None,
        typer.Argument(help="JSON lines; standard input where it is left out.", metavar="FILE"),
    ] = None,
    model: ModelName = "fast",
) -> None:
    """Tag texts, JSON lines in and out, as they come.

    The tags: language, sentiment, complaint, question, praise, urgent, settled, private data,
    spill-over, topics and reply kind. Reads one JSON object per line, {"id": …, "text": …,
    "lang": …}, where id and lang may be left out, and writes one per line in the same order. A
    line that cannot be used is named on the error stream; the others are not affected, and the
    exit code is 1 at the end.
    """
    if file is None and sys.stdin.isatty():
        say("reading JSON lines from the keyboard; end with Ctrl-D")
    with nullcontext(sys.stdin.buffer) if file is None else file.open("rb") as source:
        bad_lines = _tag_stream(source, sys.stdout.buffer, model)
    if bad_lines:
        say(f"{bad_lines} of the lines could not be used; correct them and tag them again")
        raise typer.Exit(1)


def _tag_stream(source: BinaryIO, target: BinaryIO, model: str) -> int:
    """Tag what has arrived so far, again and again until the end; return the bad lines' count."""
    from enrich.model import InputError
    from enrich.stream import tag_chunks

    bad_lines = 0

    def report(error: InputError) -> None:
        nonlocal bad_lines
        bad_lines += 1
        say(str(error))

    def write(lines: bytes) -> None:
        target.write(lines)
        target.flush()

    tag_chunks(_as_they_come(source), model, write, report, processes=os.cpu_count() or 1)
    return bad_lines


def _as_they_come(source: BinaryIO) -> Iterator[list[bytes]]:
    """Yield the whole lines that have arrived, without waiting for more than one."""
    rest = b""
    while chunk := cast(BufferedIOBase, source).read1(_CHUNK_BYTES):
        whole, newline, rest = (rest + chunk).rpartition(b"\n")
        if newline:
            yield whole.split(b"\n")
    if rest:
        yield [rest]
