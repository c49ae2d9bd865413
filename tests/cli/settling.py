"""Wait until a served installation has nothing more to do by itself: labs graded, events heard, evidence gathered."""

from pathlib import Path

import psycopg

from dure.cli.installation import Installation
from tests.cli.waiting import until_still

UNDONE = """
    select 'grading', id, '' from learn_grading where state = 'queued'
    union all select 'delivery', id, attempts::text from foundation_delivery where done_at is null
    union all select 'evidence', id, '' from talent_profile where gathered_at is null
    order by 1, 2
"""


def until_settled(folder: Path) -> None:
    """One statement sees all three at one moment, so nothing slips by on its way from one to the next."""
    with Installation(folder).database() as url, psycopg.connect(url, autocommit=True) as connection:
        until_still(
            lambda: connection.execute(UNDONE).fetchone() is None,
            lambda: connection.execute(UNDONE).fetchall(),
            within_s=240,
            every_s=0.5,
        )
