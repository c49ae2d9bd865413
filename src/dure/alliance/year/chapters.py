"""All scenes of the year, and what it came to."""

from collections import Counter
from typing import Any

from django.db.models import Model

from dure.alliance.models import (
    Agreement,
    Commitment,
    GuruTerm,
    LedgerPeriod,
    Meeting,
    MeetingRegistration,
    Member,
    ProjectRenewal,
    Proposal,
    ResearchCall,
    ResearchProject,
    Review,
    Roundtable,
    StartupCase,
    StartupCheckpoint,
    Topic,
    Vote,
)
from dure.alliance.year import (
    asking,
    calling,
    exchanging,
    founding,
    gathering,
    incubating,
    keeping,
    meeting,
    researching,
)
from dure.alliance.year.cast import assemble
from dure.alliance.year.playing import Say, Scene, Year, play, year_before
from dure.foundation import clock
from dure.talent import api as talent

COUNTED: dict[str, type[Model]] = {
    "members": Member,
    "agreements": Agreement,
    "commitments": Commitment,
    "gurus": GuruTerm,
    "topics": Topic,
    "roundtables": Roundtable,
    "votes": Vote,
    "calls": ResearchCall,
    "proposals": Proposal,
    "reviews": Review,
    "startups": StartupCase,
    "checkpoints": StartupCheckpoint,
    "events": Meeting,
    "guests": MeetingRegistration,
    "projects": ResearchProject,
    "quarters": LedgerPeriod,
}


def scenes_of(year: Year) -> list[Scene]:
    return [
        *founding.scenes(),
        *exchanging.scenes(year),
        *asking.scenes(),
        *meeting.scenes(),
        *calling.scenes(),
        *incubating.scenes(),
        *gathering.scenes(),
        *researching.scenes(),
        *keeping.scenes(year),
    ]


def play_year(*, say: Say, every: int = 1) -> Year:
    """Play the whole year that ended a quarter ago. Ask `is_played` before: it is played once."""
    year = Year(assemble(), year_before(clock.today()))
    play(year, scenes_of(year), say=say, every=every)
    return year


def figures() -> dict[str, dict[str, int]]:
    """How many of each kind stand in which state; renewals by their decision."""
    found: dict[str, dict[str, int]] = {name: _by(kind, "state") for name, kind in COUNTED.items()}
    return found | talent.exchange.figures() | {"renewals": _by(ProjectRenewal, "decision")}


def _by(kind: type[Model], field: str) -> dict[str, int]:
    rows: Any = kind._default_manager.order_by().values_list(field, flat=True)  # noqa: SLF001 - Django's documented name
    return dict(sorted(Counter(rows).items()))
