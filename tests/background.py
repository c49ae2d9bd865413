"""Something that serves beside a test, in a thread of its own."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LIMIT_S = 60.0


@contextmanager
def in_background(serve: Callable[[], None], *, stop: Callable[[], None]) -> Iterator[None]:
    """Run `serve` until the test is through; `stop` makes it return."""
    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop()
        thread.join(timeout=LIMIT_S)
    assert not thread.is_alive()
