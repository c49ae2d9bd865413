"""What the alliance brings to the ground floor; each concept registers its own."""

from dure.alliance.agreements import registry as agreements
from dure.alliance.bulk import registry as bulk
from dure.alliance.calls import registry as calls
from dure.alliance.commitments import registry as commitments
from dure.alliance.demo import loading
from dure.alliance.desk import registry as desk
from dure.alliance.ethics import registry as ethics
from dure.alliance.figures import registry as figures
from dure.alliance.gurus import registry as gurus
from dure.alliance.imports import registry as imports
from dure.alliance.incubation import registry as incubation
from dure.alliance.introductions import registry as introductions
from dure.alliance.ledger import registry as ledger
from dure.alliance.meetings import registry as meetings
from dure.alliance.members import registry as members
from dure.alliance.projects import registry as projects
from dure.alliance.proposals import registry as proposals
from dure.alliance.residents import registry as residents
from dure.alliance.reviews import registry as reviews
from dure.alliance.roundtables import demo as roundtables_demo
from dure.alliance.roundtables import registry as roundtables
from dure.alliance.scouting import registry as scouting
from dure.alliance.topics import registry as topics
from dure.alliance.votes import registry as votes
from dure.foundation import events
from dure.problems import api as problems


def register() -> None:
    """Called once when the app is ready."""
    agreements.register()
    commitments.register()
    imports.register()
    ethics.register()
    ledger.register()
    members.register()
    gurus.register()
    topics.register()
    roundtables.register()
    votes.register()
    events.subscribe(problems.DemoLoaded, loading.load)
    projects.register()
    scouting.register()
    incubation.register()
    # After the projects: a topic becomes one more.
    events.subscribe(problems.DemoLoaded, roundtables_demo.load)
    calls.register()
    proposals.register()
    reviews.register()
    introductions.register()
    figures.register()
    desk.register()
    bulk.register()
    meetings.register()
    residents.register()
