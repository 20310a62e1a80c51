"""A warehouse that changes, and what its published copy shows."""

from pathlib import Path

from warehouse import open_reader, open_writer


def put(database: Path, thread: str) -> None:
    """Change something."""
    with open_writer(database) as con:
        con.execute("INSERT INTO dirty_threads VALUES ('x', $thread)", {"thread": thread})


def seen(reader: Path) -> int:
    """How many changes a copy shows."""
    with open_reader(reader) as con:
        (row,) = con.execute("SELECT count(*) FROM dirty_threads").fetchall()
    return int(row[0])


def names(folder: Path) -> list[str]:
    """What lies in a folder, but for the empty files that locks are held on."""
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".lock")
