"""Looking at a page in this process, through the whole middleware, over the database of the stage: queries and CPU."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any, Final

QUERIES: Final = 12
"""No page asks for more, whatever it holds."""
REPEATS = 40


def get(client: Any, path: str) -> None:
    part = {"hx-request": "true"} if path.endswith("/submissions") else {}
    answer = client.get(path, headers={"host": "localhost", "accept-encoding": "gzip", **part})
    assert answer.status_code == 200, (path, answer.status_code)


def measure(page: Callable[[], None]) -> tuple[int, float]:
    """Queries, and the median CPU seconds of one look."""
    from django.db import connection  # noqa: PLC0415 - Django is set up by the stage
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    page()
    with CaptureQueriesContext(connection) as seen:
        page()
    queries = len(seen)  # before the next request forgets them
    times = []
    for _ in range(REPEATS):
        began = time.process_time()
        page()
        times.append(time.process_time() - began)
    return queries, median(times)


def analyse() -> None:
    """What autovacuum does within a minute of much growth."""
    from django.db import connection  # noqa: PLC0415 - Django is set up by the stage

    with connection.cursor() as cursor:
        cursor.execute("analyze")
