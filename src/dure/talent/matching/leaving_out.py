"""What a person does not see because of a wish of theirs: counted by trying each wish out at its widest."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from dure.engines import recommending as engine
from dure.engines.openings import LANGUAGE_LEVELS
from dure.talent.matching.offered import Offered
from dure.talent.models import Opening

KINDS: Final = frozenset(map(str, Opening.Kind))


def counts(offered: Offered, seeker: engine.Seeker, now: datetime) -> Mapping[str, int]:
    """How many openings more there would be, by the constraint that alone keeps them away; those above 0."""
    wider = _widened(offered, seeker)
    crowd = offered.board.crowd([seeker, *wider.values()])
    allowed = [int(offered.board.allowed(crowd, at, now).sum()) for at in range(len(crowd))]
    more = {str(name): n - allowed[0] for name, n in zip(wider, allowed[1:], strict=True)}
    return {name: n for name, n in more.items() if n}


def _widened(offered: Offered, seeker: engine.Seeker) -> dict[engine.Refusal, engine.Seeker]:
    """The person with one wish at its widest, each in turn."""
    return {
        engine.Refusal.KIND: replace(seeker, kinds=KINDS),
        engine.Refusal.REGION: replace(seeker, regions=offered.regions, is_remote=True),
        engine.Refusal.LANGUAGE: replace(
            seeker, languages=dict.fromkeys(offered.languages, len(LANGUAGE_LEVELS))
        ),
        engine.Refusal.DATES: replace(seeker, available_from=None, available_until=None),
        engine.Refusal.HOURS: replace(seeker, weekly_hours=None),
    }
