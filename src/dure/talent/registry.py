"""What talent brings to the ground floor; each concept registers its own."""

from dure.foundation import events
from dure.problems import api as problems
from dure.talent.applications import registry as applications
from dure.talent.audits import registry as audits
from dure.talent.demo import loading as demo
from dure.talent.intakes import registry as intakes
from dure.talent.matching import registry as matching
from dure.talent.openings import registry as openings
from dure.talent.profiles import registry as profiles
from dure.talent.rounds import registry as rounds
from dure.talent.teams import registry as teams


def register() -> None:
    """Called once when the app is ready."""
    profiles.register()
    openings.register()
    audits.register()
    applications.register()
    rounds.register()
    matching.register()
    intakes.register()
    teams.register()
    events.subscribe(problems.DemoLoaded, demo.load)
