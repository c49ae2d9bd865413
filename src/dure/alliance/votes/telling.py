"""What people are told about votes: that there is one and how it went; never what a ballot says."""

from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dure.alliance.gurus.telling import ROUNDTABLES
from dure.foundation import notices
from dure.people import api as people

_kind = notices.kinds_under("alliance", ROUNDTABLES)

OPENED: Final = _kind(
    "vote_opened", _("A vote opens in which I may vote"), _("You may vote until %(until)s: “%(name)s”.")
)
EXTENDED: Final = _kind(
    "vote_extended",
    _("A vote is extended"),
    _("The quorum was missed; the vote stays open until %(until)s: “%(name)s”."),
)
COUNTED: Final = _kind(
    "vote_counted",
    _("A vote in which I could vote is counted"),
    _("The vote is counted: “%(name)s”. Find your receipt code in the list."),
)
SETTLED: Final = _kind(
    "vote_settled", _("The chair decides a tie"), _("The chair has decided the tie: “%(name)s”.")
)
FAILED: Final = _kind(
    "vote_failed",
    _("A vote ends without a quorum"),
    _("The quorum was missed again: “%(name)s”. Nothing was counted, and its topics are discussed further."),
)
VOID: Final = _kind(
    "vote_void",
    _("A vote is void"),
    _("The vote is void: “%(name)s”. Its key is gone, so nobody can count it; it is held again."),
)
CANCELLED: Final = _kind(
    "vote_cancelled",
    _("A vote is called off"),
    _("The vote is called off: “%(name)s”. The reason stands there."),
)


def tell_electors(kind: str, vote: Any) -> None:
    """All who may vote, whether they have or not."""
    voting = vote.electors.exclude(person=None).values("person_id")
    electors = people.Person.objects.filter(pk__in=voting, is_active=True)
    params = {
        "name_ko": vote.title_ko or vote.title_en,
        "name_en": vote.title_en or vote.title_ko,
        "until": said(vote.closes_at),
    }
    notices.notify(electors, kind, url=f"/votes/{vote.uid}", params=params)


def said(at: Any) -> str:
    """A moment in the platform's zone, with the zone named."""
    return f"{timezone.localtime(at, timezone.get_default_timezone()):%Y-%m-%d %H:%M %Z}"
