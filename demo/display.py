"""What somebody who waits for the demo sees: a line for each thing done, and what goes on now."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Self

from rich.console import Console

_WORDS = {
    "metadata database": "Airflow's own database is ready",
    "DAGs": "the DAGs are read",
}
_NEXT = {
    "start": "starting Airflow",
    "metadata database": "Airflow reads the DAGs",
}


class Display:
    """Shows the events of `demo.airflow_run` on a console; plain lines where it is no terminal."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self._status = console.status(_NEXT["start"])
        self._since = time.monotonic()
        self._tasks: list[str] = []

    def __enter__(self) -> Self:
        self._status.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._status.stop()

    def done(self, what: str) -> None:
        """Print a line for something that has ended, with the time it took."""
        took = time.monotonic() - self._since
        self.console.print(
            f"[green]✓[/] {what} [dim]({took:.1f} s)[/]", highlight=False, soft_wrap=True
        )
        self._since = time.monotonic()

    def failed(self, what: str) -> None:
        """Print a line for something that has failed."""
        self.console.print(f"[red]✗[/] {what}", highlight=False, soft_wrap=True)

    def show(self, event: Mapping[str, str | None]) -> None:
        """Show one event: a step, a task's state or a DAG's state."""
        if "step" in event:
            step = str(event["step"])
            self.done(_WORDS[step])
            self._status.update(_NEXT.get(step, "starting the DAGs"))
        elif "task" in event:
            self._show_task(event)
        else:
            self._show_dag(event)

    def _show_task(self, event: Mapping[str, str | None]) -> None:
        name = " ".join(str(event[key]) for key in ("task", "part") if event[key] is not None)
        self._status.update(f"{event['dag']}: {name}")
        if event["state"] == "success":
            self._tasks.append(name)

    def _show_dag(self, event: Mapping[str, str | None]) -> None:
        chain = " → ".join(self._tasks) or "nothing to do"
        if event["state"] == "success":
            self.done(f"DAG [bold]{event['dag']}[/]: {chain}")
        else:
            self.failed(f"DAG [bold]{event['dag']}[/]: {chain} → …")
        self._tasks.clear()
