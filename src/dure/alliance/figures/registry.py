"""What figures bring to the floors below. Each concept declares its own figures in `table`."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements import counted as of_agreements
from dure.alliance.figures import demo, fault_sentences, leaving, of_others, rules
from dure.alliance.incubation import counted as of_incubation
from dure.alliance.introductions import counted as of_introductions
from dure.alliance.ledger import counted as of_ledger
from dure.alliance.meetings import counted as of_meetings
from dure.alliance.members import counted as of_members
from dure.alliance.projects import counted as of_projects
from dure.foundation import events, navigation
from dure.problems import api as problems

CONCEPTS: Final = (
    of_others,
    of_ledger,
    of_projects,
    of_members,
    of_agreements,
    of_meetings,
    of_incubation,
    of_introductions,
)


def register() -> None:
    """Called once when the app is ready."""
    fault_sentences.register()
    leaving.register()
    for concept in CONCEPTS:
        concept.register()
    events.subscribe(problems.DemoLoaded, demo.load)
    navigation.add(
        _("A year in figures"),
        "alliance:figures",
        order=41,
        place="account",
        group="running",
        shown=lambda person: bool(rules.may_read(person)),
    )
