"""For processes of tests that are to be killed half-way."""

import os
import signal
from collections.abc import Callable
from typing import Any


class Deadly:
    """Wraps functions: the n-th call of any of them kills the process instead.

    Attributes:
        calls: How many there were so far.
    """

    def __init__(self, kill_at: int) -> None:
        self.kill_at = kill_at
        self.calls = 0

    def __call__(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, wrapped."""

        def wrapped(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 -- any function
            self.calls += 1
            if self.calls == self.kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*args, **kwargs)

        return wrapped
