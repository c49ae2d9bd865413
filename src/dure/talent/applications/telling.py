"""What people are told about applications. A notice to the organisation names nobody: the pseudonym stands on the page."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.people import api as people
from dure.talent.openings.visibility import SPEAKS

APPLICATIONS: Final = notices.Group(24, _("Applications for openings"))
_kind = notices.kinds_under("talent", APPLICATIONS)

RECEIVED: Final = _kind(
    "application_received",
    _("Somebody applies for an opening of ours"),
    _("Somebody applied for “%(name)s”. You have promised an answer."),
)
INVITED: Final = _kind(
    "application_invited",
    _("I am invited to an interview"),
    _("You are invited to an interview for “%(name)s”. Choose a time."),
)
OFFERED: Final = _kind(
    "application_offered",
    _("I am offered a seat"),
    _("You are offered a seat: “%(name)s”. Answer it before it runs out."),
)
WAITLISTED: Final = _kind(
    "application_waitlisted",
    _("I am on a waiting list"),
    _("You are on the waiting list for “%(name)s”. It moves by itself."),
)
REJECTED: Final = _kind(
    "application_rejected",
    _("I am not taken"),
    _("You are not taken for “%(name)s”. The reason stands there."),
)
TAKEN_BACK: Final = _kind(
    "application_taken_back",
    _("An offer to me is taken back"),
    _("The offer for “%(name)s” was taken back. The reason stands there."),
)
RAN_OUT: Final = _kind(
    "application_ran_out",
    _("An offer to me ran out"),
    _("The offer for “%(name)s” ran out without an answer."),
)
PROMOTED: Final = _kind(
    "application_promoted",
    _("The waiting list offered a seat of ours"),
    _("A seat of “%(name)s” came free and was offered to the next on the waiting list."),
)
ACCEPTED: Final = _kind(
    "application_accepted",
    _("Somebody accepts a seat of ours"),
    _("An offer for “%(name)s” was accepted."),
)
DECLINED: Final = _kind(
    "application_declined",
    _("Somebody declines a seat of ours"),
    _("An offer for “%(name)s” was declined."),
)
EXPIRED: Final = _kind(
    "application_expired",
    _("An offer of ours ran out"),
    _("An offer for “%(name)s” ran out without an answer."),
)
WITHDRAWN: Final = _kind(
    "application_withdrawn",
    _("An application to us is withdrawn"),
    _("An application for “%(name)s” was withdrawn."),
)
LATE_FOR_THEM: Final = _kind(
    "application_late",
    _("An answer that we promised is late"),
    _("The answer that you promised for “%(name)s” is late. The applicant was told."),
)
LATE_FOR_ME: Final = _kind(
    "application_answer_late",
    _("An answer that I was promised is late"),
    _("The answer to your application for “%(name)s” is late. The organisation was reminded."),
)
MESSAGE: Final = _kind(
    "application_message",
    _("A message about an application"),
    _("There is a message about “%(name)s”."),
)
SLOT_TAKEN: Final = _kind(
    "interview_chosen",
    _("An applicant chose a time for an interview"),
    _("A time for an interview about “%(name)s” was chosen."),
)
SLOT_GONE: Final = _kind(
    "interview_called_off",
    _("A time for my interview is called off"),
    _("Your interview for “%(name)s” is called off. Choose another time."),
)
APPEAL_FILED: Final = _kind(
    "appeal_filed",
    _("Somebody appeals against a decision"),
    _("There is an appeal about “%(name)s”."),
)
APPEAL_LATE: Final = _kind(
    "appeal_late",
    _("The answer to an appeal is late"),
    _("The answer to an appeal about “%(name)s” is late. The applicant was told."),
)
APPEAL_LATE_FOR_ME: Final = _kind(
    "appeal_answer_late",
    _("The answer to my appeal is late"),
    _("The answer to your appeal about “%(name)s” is late. Those who can give it were reminded."),
)
APPEAL_TAKEN: Final = _kind(
    "appeal_taken",
    _("Somebody looks at my appeal"),
    _("Somebody who did not decide looks at your appeal about “%(name)s”."),
)
UPHELD: Final = _kind(
    "appeal_upheld",
    _("My appeal is upheld"),
    _("Your appeal about “%(name)s” is upheld. Your application is in review again."),
)
DISMISSED: Final = _kind(
    "appeal_dismissed",
    _("My appeal is dismissed"),
    _("Your appeal about “%(name)s” is dismissed. The reason stands there."),
)
TO_RECONSIDER: Final = _kind(
    "application_to_reconsider",
    _("An application to us is back in review"),
    _("After an appeal an application for “%(name)s” is in review again."),
)
TEXTS_DELETED: Final = _kind(
    "application_texts_deleted",
    _("What I wrote in an application is deleted"),
    _("What was written about your application for “%(name)s” is deleted. The receipt is %(receipt)s."),
)


def tell_applicant(kind: str, application: Any, **params: str) -> None:
    """Tell whose application it is."""
    notices.notify([application.person], kind, url=_url(application), params=_names(application) | params)


def tell_managers(kind: str, application: Any) -> None:
    """Tell those who speak for the organisation."""
    told = [one for one in managers(application.opening) if one.pk != application.person_id]
    notices.notify(told, kind, url=_url(application), params=_names(application))


def tell_appeal(appeal: Any, kind: str = "") -> None:
    """Tell whoever may look at it: the organisation's other speakers and the secretariat."""
    application = appeal.application
    may = [*managers(application.opening), *people.secretaries()]
    told = [one for one in may if one.pk not in (appeal.decider_id, application.person_id)]
    notices.notify(told, kind or APPEAL_FILED, url=_url(application), params=_names(application))


def tell_late_appeal(appeal: Any) -> None:
    """Remind those who may look at it, and say so to the applicant."""
    tell_appeal(appeal, APPEAL_LATE)
    tell_applicant(APPEAL_LATE_FOR_ME, appeal.application)


def managers(opening: Any) -> list[people.Person]:
    """Who speaks for the organisation that offers the seat."""
    speaking = people.Membership.objects.current().filter(
        organisation_id=opening.organisation_id, role__in=SPEAKS
    )
    return list(people.Person.objects.filter(is_active=True, pk__in=speaking.values("person_id")))


def _url(application: Any) -> str:
    return f"/applications/{application.uid}"


def _names(application: Any) -> dict[str, str]:
    opening = application.opening
    return {
        "name_ko": opening.title_ko or opening.title_en,
        "name_en": opening.title_en or opening.title_ko,
    }
