"""Whatever goes wrong is one line and the right exit code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Horch, environment, one_line


def test_wrong_usage_is_one_line_and_2(horch: Horch) -> None:
    for args, said in {
        ("chek",): "No such command 'chek'. Did you mean 'check'",
        ("check", "--nonsense"): "No such option: --nonsense",
        ("check", "surplus"): "Got unexpected extra argument",
        ("--nonsense",): "No such option: --nonsense",
        ("check", "\x1b[31m\nx"): "Got unexpected extra argument",
    }.items():
        done = horch(*args)
        assert done.returncode == 2, args
        assert done.stdout == ""
        line = one_line(done.stderr)
        assert line.startswith(said)
        assert "--help" in line
        assert "\x1b" not in line


def test_help_and_version_are_no_failures(horch: Horch) -> None:
    for args in ((), ("--help",), ("-h",), ("check", "--help"), ("--version",)):
        done = horch(*args)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout
    assert "check" in horch().stdout


def _python(code: str, cwd: Path, **kwargs: object) -> subprocess.Popen[str]:
    prelude = "import sys, typer\nfrom cli import main as m\nsys.argv = ['horch', 'fail']\n"
    return subprocess.Popen(
        [sys.executable, "-c", f"{prelude}{code}\nm.main()"],
        cwd=cwd,
        env=environment({"TMPDIR": str(cwd)}),
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def _failing(body: str, cwd: Path) -> tuple[int, str, str]:
    process = _python(f"@m.app.command()\ndef fail() -> None:\n    {body}", cwd)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("raise OSError(28, 'No space left on device', '/data/x')", "/data/x: No space left on"),
        ("raise PermissionError(13, 'Permission denied', '/data')", "/data: Permission denied"),
        ("from watchlist.errors import HorchError; raise HorchError('a\\nb; c')", "a b; c"),
        ("open('/nonexistent/x')", "/nonexistent/x: No such file or directory; check the path"),
    ],
)
def test_failures_a_person_can_mend_are_one_line_and_1(
    body: str, said: str, tmp_path: Path
) -> None:
    code, out, err = _failing(body, tmp_path)
    assert (code, out) == (1, "")
    line = one_line(err)
    assert line.startswith(said)
    assert ";" in line


def test_our_own_mistakes_name_the_file_with_the_traceback(tmp_path: Path) -> None:
    code, out, err = _failing("raise RuntimeError('oh\\n\\x1b[31mno')", tmp_path)
    assert (code, out) == (1, "")
    line = one_line(err)
    assert "a mistake in horch itself (RuntimeError: oh no); please report it with" in line
    path = Path(line.rsplit(" ", 1)[1])
    assert path.parent == tmp_path
    assert path.stat().st_mode & 0o077 == 0
    assert "Traceback" in path.read_text()


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    code = "@m.app.command()\ndef fail() -> None:\n    for n in range(100_000): print('x' * 80)"
    process = _python(code, tmp_path)
    assert process.stdout
    assert process.stderr
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait(timeout=60) == 0


def test_ctrl_c_is_one_line_and_130(tmp_path: Path) -> None:
    # What a shell starts in the background is deaf to it, and so is all that comes of that.
    hears = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    body = f"{hears}; import time; print('go', flush=True); time.sleep(60)"
    process = _python(f"@m.app.command()\ndef fail() -> None:\n    {body}", tmp_path)
    assert process.stdout
    process.stdout.readline()
    os.kill(process.pid, signal.SIGINT)
    _out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert one_line(err).startswith("stopped;")


def test_warnings_of_packages_read_like_ours(tmp_path: Path) -> None:
    body = "import logging; logging.getLogger('collectors').warning('a\\nb %s', 1)"
    code, _out, err = _failing(body, tmp_path)
    assert (code, err) == (0, "horch: a b 1\n")


def test_an_ascii_terminal_gets_replacements_instead_of_a_failure(process: Horch) -> None:
    done = process("init", "--brand", "Ölwerk", "--recipient", "a@example.org")
    assert (done.returncode, done.stderr) == (0, "")
    done = process("check", env={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, "")
    assert "?lwerk" in done.stdout


def test_a_process_ends_with_the_same_codes(process: Horch) -> None:
    assert process("chek").returncode == 2
    assert process("check").returncode == 1
    assert process("--version").returncode == 0
