"""What people are told about placement rounds."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.people import api as people

ROUNDS: Final = notices.Group(27, _("Placement rounds"))
_kind = notices.kinds_under("talent", ROUNDS)

COMMIT: Final = _kind(
    "round_commit",
    _("My organisation is asked to keep a secret for a lottery"),
    _("Your organisation keeps a secret for the lottery: “%(name)s”. Commit to it before the deadline."),
)
REVEAL: Final = _kind(
    "round_reveal",
    _("My organisation is asked to reveal its secret"),
    _("Rankings are closed: “%(name)s”. Reveal the secret of your organisation within seven days."),
)
SOLVED: Final = _kind(
    "round_solved",
    _("The result of a placement round waits for a decision"),
    _("The result is there, and the verifier found no break: “%(name)s”. Decide on it."),
)
DECIDED: Final = _kind(
    "round_decided",
    _("A placement round that I take part in is decided"),
    _("It is decided: “%(name)s”. Read your result and why it is so."),
)
MOVED: Final = _kind(
    "round_moved",
    _("The deadline of a placement round that I take part in has moved"),
    _("The deadline for rankings has moved: “%(name)s”."),
)
CANCELLED: Final = _kind(
    "round_cancelled",
    _("A placement round that I take part in is cancelled"),
    _("It is cancelled: “%(name)s”. The reason stands there."),
)
MOST_AT_ONCE: Final = 5_000


def tell_keepers(kind: str, found: Any) -> None:
    """Tell the representatives of each organisation that keeps a secret."""
    keepers = found.commitments.values("organisation_id")
    _tell(_representatives(keepers), kind, f"/placement-rounds/{found.uid}/secrets", found)


def tell_managers(kind: str, found: Any) -> None:
    """Tell the representatives of the organisation that runs it; the secretariat where there is none."""
    managers = _representatives([found.organisation_id])
    _tell(managers or list(people.secretaries()), kind, f"/placement-rounds/{found.uid}/decisions", found)


def tell_applicants(kind: str, found: Any) -> None:
    """Tell everybody who ranked, some thousands at a time."""
    page = "my-result" if kind == DECIDED else ""
    url = f"/placement-rounds/{found.uid}/{page}".rstrip("/")
    keys = list(found.entries.exclude(person=None).values_list("person_id", flat=True))
    for first in range(0, len(keys), MOST_AT_ONCE):
        some = people.Person.objects.filter(pk__in=keys[first : first + MOST_AT_ONCE], is_active=True)
        _tell(list(some), kind, url, found)


def _representatives(organisations: Any) -> list[people.Person]:
    speaking = people.Membership.objects.current().filter(
        organisation_id__in=organisations, role=people.Membership.Role.REPRESENTATIVE
    )
    return list(people.Person.objects.filter(is_active=True, pk__in=speaking.values("person_id")))


def _tell(someone: list[people.Person], kind: str, url: str, found: Any) -> None:
    names = {"name_ko": found.title_ko, "name_en": found.title_en}
    notices.notify(someone, kind, url=url, params=names)
