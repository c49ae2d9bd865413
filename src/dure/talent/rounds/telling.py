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
STUCK: Final = _kind(
    "round_stuck",
    _("A placement round of mine cannot be closed"),
    _("It cannot be closed: “%(name)s”. Its page says what to do."),
)
APPEALED: Final = _kind(
    "round_appealed",
    _("Somebody appeals against a placement round of mine"),
    _("Somebody appeals against it: “%(name)s”. Whoever is not concerned looks at it within 14 days."),
)
ANSWERED: Final = _kind(
    "round_appeal_answered",
    _("My appeal against a placement round is answered"),
    _("Your appeal is answered: “%(name)s”. Read the answer and what changed."),
)
NOT_RERUN: Final = _kind(
    "round_not_rerun",
    _("A correction of mine could not be run"),
    _("It could not be run again as you corrected it: “%(name)s”. The appeal says why."),
)
CORRECTED: Final = _kind(
    "round_corrected",
    _("My place in a placement round is another one after a correction"),
    _("You have another place after a correction: “%(name)s”. Read your result and why it is so."),
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


def tell_stuck(found: Any) -> None:
    """Tell the same people that the clock could not close it."""
    managers = _representatives([found.organisation_id])
    _tell(managers or list(people.secretaries()), STUCK, f"/placement-rounds/{found.uid}", found)


def tell_applicants(kind: str, found: Any) -> None:
    """Tell everybody who ranked."""
    page = "my-result" if kind == DECIDED else ""
    url = f"/placement-rounds/{found.uid}/{page}".rstrip("/")
    _tell_many(list(found.entries.exclude(person=None).values_list("person_id", flat=True)), kind, url, found)


def tell_corrected(found: Any, entries: list[int]) -> None:
    """Tell those whose place changed, and nobody else."""
    rows = found.entries.filter(pk__in=entries).exclude(person=None)
    url = f"/placement-rounds/{found.uid}/my-result"
    _tell_many(list(rows.values_list("person_id", flat=True)), CORRECTED, url, found)


def tell_reviewers(appeal: Any) -> None:
    """Tell who runs the round and the secretariat, less whoever is concerned."""
    found = appeal.round
    beside = {appeal.by_id, *found.entries.values_list("person_id", flat=True)}
    if appeal.organisation_id:
        beside |= {one.pk for one in _representatives([appeal.organisation_id])}
    able = {one.pk: one for one in [*_representatives([found.organisation_id]), *people.secretaries()]}
    _tell([one for key, one in able.items() if key not in beside], APPEALED, _page_of(appeal), found)


def tell_appealed(appeal: Any) -> None:
    """Tell who appealed: the person, or the representatives of the organisation."""
    if appeal.organisation_id:
        someone = _representatives([appeal.organisation_id])
    else:
        someone = [appeal.entry.person] if appeal.entry.person else []
    _tell(someone, ANSWERED, _page_of(appeal), appeal.round)


def tell_reviewer(appeal: Any) -> None:
    _tell([appeal.reviewer] if appeal.reviewer else [], NOT_RERUN, _page_of(appeal), appeal.round)


def _page_of(appeal: Any) -> str:
    return f"/placement-appeals/{appeal.uid}"


def _tell_many(keys: list[int], kind: str, url: str, found: Any) -> None:
    """Some thousands at a time."""
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
