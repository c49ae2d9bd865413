"""Who may do what on the farm, and what of a job is to be read: pure decisions with reasons."""

from collections.abc import Collection
from enum import IntEnum
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.farm.visibility import BY_HAND, OVERSEERS
from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, first_refusal, has_role
from dure.people import api as people

NO_MEMBERSHIP: Final = Refused(
    "no_membership",
    _("Jobs run on an organisation's account, and you belong to none now. Ask yours to add you."),
)
NOT_YOURS: Final = Refused("not_your_job", _("Only the person who asked for this job can do this."))
OVER: Final = Refused("job_over", _("This job is over already."))
EMPTIED: Final = Refused(
    "job_emptied", _("What this job was made of is kept no longer, so it cannot be run again.")
)


class Sight(IntEnum):
    """What of a job somebody may read; each includes those before it."""

    NOTHING = 0
    NUMBERS = 1
    """Its state, how much it may use and has used, and for which organisation."""
    NAMES = 2
    """Its name and its person."""
    CONTENT = 3
    """Its command, its log and its files."""


def sight(person: Any, job: Any, *, represents: Collection[int]) -> Sight:
    """What this person may read of a job; `represents` holds the ids of the organisations they represent today."""
    by_hand = job.job_class in BY_HAND and not job.sealed
    if by_hand and person.is_authenticated and job.person_id == person.pk:
        return Sight.CONTENT
    if by_hand and job.organisation_id in represents:
        return Sight.CONTENT if job.shared else Sight.NAMES
    return Sight.NUMBERS if has_role(person, *OVERSEERS) else Sight.NOTHING


def may_look(person: Any) -> Decision:
    """The farm as a whole is for members and those who keep it running."""
    if not person.is_authenticated:
        return SIGN_IN
    if has_role(person, *OVERSEERS) or people.organisations_of(person).exists():
        return ALLOWED
    return NO_MEMBERSHIP


def may_ask(person: Any) -> Decision:
    """Whoever belongs to an organisation today may ask for jobs on its account."""
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if people.organisations_of(person).exists() else NO_MEMBERSHIP


def may_ask_for(person: Any, organisation: Any) -> Decision:
    """On the account of an organisation one belongs to."""
    if not person.is_authenticated:
        return SIGN_IN
    inside = organisation and people.organisations_of(person).filter(organisation=organisation).exists()
    return ALLOWED if inside else NO_MEMBERSHIP


def owns(person: Any, job: Any) -> Decision:
    """What is done to a job, its own person does."""
    if not person.is_authenticated:
        return SIGN_IN
    is_own = job.person_id == person.pk and sight(person, job, represents=()) is Sight.CONTENT
    return ALLOWED if is_own else NOT_YOURS


def may_run_again(person: Any, job: Any) -> Decision:
    """The same once more, as long as it is known what that was."""
    return first_refusal(owns(person, job), EMPTIED if job.emptied_at else ALLOWED)


def may_cancel(person: Any, job: Any) -> Decision:
    return first_refusal(owns(person, job), ALLOWED if job.is_open else OVER)
