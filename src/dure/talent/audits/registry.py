"""What audits bring to the floors below."""

from typing import Any

from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from dure.engines import documents, fairness
from dure.foundation import events, navigation
from dure.foundation.access import has_role, is_signed_in
from dure.foundation.faults import register_sentences
from dure.problems import api as problems
from dure.talent.audits import asking, demo, leaving, of_openings, of_rounds, panel, subjects
from dure.talent.audits.visibility import OVERSEERS
from dure.talent.openings import panels


def register() -> None:
    """Called once when the app is ready."""
    leaving.register()
    for table in (fairness.FAULTS, documents.FAULTS):
        register_sentences({code: gettext_lazy(words) for code, words in table.items()})
    for kind in (of_openings.kind(), of_rounds.kind()):
        subjects.register(kind)
    asking.register()
    events.subscribe(problems.DemoLoaded, demo.load)
    panels.register_panel("talent/audits/panel.html", panel.of_opening, order=80)
    navigation.add(
        _("My answers for audits"),
        "talent:demographics",
        order=40,
        place="account",
        group="settings",
        shown=is_signed_in,
    )
    navigation.add(
        _("Audits"), "talent:audits", order=60, place="account", group="running", shown=_reads_reports
    )


def _reads_reports(person: Any) -> bool:
    return has_role(person, *OVERSEERS)
