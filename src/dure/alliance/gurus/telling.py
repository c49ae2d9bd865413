"""What people are told about gurus."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.people import api as people

ROUNDTABLES: Final = notices.Group(41, _("Roundtables and topics"))
_kind = notices.kinds_under("alliance", ROUNDTABLES)
_desk_kind = notices.kinds_under("alliance", ROUNDTABLES, only=people.is_secretary)

INVITED: Final = _kind(
    "guru_invited",
    _("I am invited to be a guru"),
    _("The secretariat invites you to be a guru of the alliance. Accept or decline."),
)
WITHDRAWN: Final = _kind(
    "guru_withdrawn",
    _("An invitation to be a guru is withdrawn"),
    _("The invitation to be a guru is withdrawn. The reason stands there."),
)
ANSWERED: Final = _desk_kind(
    "guru_answered", _("Somebody answers an invitation to be a guru"), _("%(name)s has answered.")
)
ENDED: Final = _kind(
    "guru_ended",
    _("A guru's term ends early"),
    _("The term of %(name)s as a guru ends early. The reason stands there."),
)


def tell_person(kind: str, term: Any) -> None:
    _tell([term.person], kind, term)


def tell_secretariat(kind: str, term: Any) -> None:
    _tell(people.secretaries(), kind, term)


def _tell(whom: "Iterable[people.Person]", kind: str, term: Any) -> None:
    person = term.person
    named = {
        "name_ko": person.name_ko or person.name_en,
        "name_en": person.name_en or person.name_ko,
    }
    notices.notify(whom, kind, url=f"/gurus/{term.uid}", params=named)
