"""The gate: what needs an assessment goes public or starts only with an approval that still fits."""

from django.utils.translation import gettext_lazy as _

from dure.alliance.ethics.subjects import Subject
from dure.alliance.models import EthicsAssessment
from dure.foundation.access import ALLOWED, Decision, Refused

MISSING = Refused(
    "ethics_missing",
    _("It needs an ethics assessment first. Begin one from its page, under “Ethics”."),
)
WAITING = Refused(
    "ethics_waiting", _("Its ethics assessment is not approved yet. What it waits for stands on its page.")
)
CHANGED = Refused(
    "ethics_changed",
    _("It has changed since the ethics board approved it. Hand the assessment to the board once more."),
)


def standing(subject: Subject) -> EthicsAssessment | None:
    """The assessment of it that counts."""
    rows = EthicsAssessment.objects.filter(kind=subject.kind, subject=subject.uid)
    return rows.exclude(state="withdrawn").first()


def check(subject: Subject) -> Decision:
    """Open where none is needed and nobody began one, or where one was approved and the facts are the same."""
    found = standing(subject)
    if found is None:
        return MISSING if subject.needs else ALLOWED
    if found.state != "approved":
        return WAITING
    return ALLOWED if found.facts == dict(subject.facts) else CHANGED
