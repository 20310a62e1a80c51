"""Files that name a forgotten person go; those that name others stay."""

from pathlib import Path

import zstandard

from pipeline.erasing import erase_files


def _landing(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.jsonl.zst"
    path.write_bytes(zstandard.compress(text.encode()))
    return path


def test_landing_files_and_digests_of_that_person_go(tmp_path: Path) -> None:
    outbox = tmp_path / "outbox" / "kronfurt"
    outbox.mkdir(parents=True)
    named = _landing(tmp_path, "named", "x" * (1 << 20) + '{"username": "Kunde42"}')
    other = _landing(tmp_path, "other", '{"username": "kunde421"}')
    for day, handle in (("2026-11-19", "kunde421"), ("2026-11-20", "kunde42")):
        for kind in ("html", "txt", "csv", "journal"):
            (outbox / f"{day}.{kind}").write_text(f"@{handle} fragt", "utf-8")
        (outbox / f"{day}.eml").write_text("QGt1bmRlNDI=", "utf-8")

    erase_files([named, other], tmp_path / "outbox", "@kunde42")

    assert not named.exists()
    assert other.exists()
    assert sorted(path.name for path in outbox.iterdir()) == [
        "2026-11-19.csv",
        "2026-11-19.eml",
        "2026-11-19.html",
        "2026-11-19.journal",
        "2026-11-19.txt",
        "2026-11-20.journal",
    ]


def test_weekly_digests_and_alerts_of_that_person_go(tmp_path: Path) -> None:
    folder = tmp_path / "kronfurt" / "alerts"
    folder.mkdir(parents=True)
    stems = (folder.parent / "2026-11-20-week", folder / "kronfurt.posts-20261120T211000Z.ab12")
    for stem in stems:
        stem.with_name(f"{stem.name}.txt").write_text("@kunde42 fragt", "utf-8")
        stem.with_name(f"{stem.name}.eml").write_text("QGt1bmRlNDI=", "utf-8")
    kept = folder / "kronfurt.posts-20261119T211000Z.ab12.eml"
    kept.write_text("QGFuZGVyZQ==", "utf-8")

    erase_files([], tmp_path, "kunde42")

    assert [path for path in tmp_path.rglob("*.*") if path.is_file()] == [kept]
