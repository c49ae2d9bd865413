"""What an organisation's people are told about its openings."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.people import api as people
from dure.talent.openings.visibility import SPEAKS

OPENINGS: Final = notices.Group(42, _("Openings of my organisation"))
_kind = notices.kinds_under("talent", OPENINGS)

RAN_OUT: Final = _kind(
    "opening_ran_out",
    _("An opening of ours reached its deadline"),
    _("The deadline has passed: “%(name)s”. Decide on who applied."),
)
STOPPED: Final = _kind(
    "opening_stopped",
    _("Our openings close because we are no longer verified"),
    _(
        "“%(name)s” takes no more applications: the secretariat took the verification of your organisation back."
    ),
)
WITHDRAWN: Final = _kind(
    "opening_withdrawn",
    _("An opening of ours is withdrawn"),
    _("“%(name)s” was withdrawn. The reason stands on its page."),
)
VERIFIED: Final = _kind(
    "organisation_verified",
    _("The secretariat verifies our organisation for openings"),
    _("%(name)s is verified: its openings can be opened."),
)
UNVERIFIED: Final = _kind(
    "organisation_unverified",
    _("The secretariat takes our verification back"),
    _("%(name)s is no longer verified: %(reason)s"),
)


def tell_managers(kind: str, opening: Any, *, but: int | None = None) -> None:
    """Tell who looks after an opening, but for whoever did it."""
    told = [one for one in managers(opening.organisation_id) if one.pk != but]
    notices.notify(told, kind, url=f"/openings/{opening.uid}", params=_names(opening, "title"))


def tell_organisation(kind: str, organisation: Any, **params: str) -> None:
    """Tell who offers seats in an organisation's name."""
    named = _names(organisation, "name") | params
    notices.notify(managers(organisation.pk), kind, url="/openings?mine=1", params=named)


def managers(organisation: int) -> list[people.Person]:
    """Representatives and coordinators of an organisation; the secretariat where there is none."""
    speaking = people.Membership.objects.current().filter(organisation_id=organisation, role__in=SPEAKS)
    found = people.Person.objects.filter(is_active=True, pk__in=speaking.values("person_id"))
    return list(found) or list(people.secretaries())


def _names(obj: Any, name: str) -> dict[str, str]:
    ko, en = getattr(obj, f"{name}_ko"), getattr(obj, f"{name}_en")
    return {"name_ko": ko or en, "name_en": en or ko}
