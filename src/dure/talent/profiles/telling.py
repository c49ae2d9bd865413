"""What people are told about evidence, endorsements, and how long their data are kept."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.people import api as people

TALENT: Final = notices.Group(25, _("Evidence and profile"))
_kind = notices.kinds_under("talent", TALENT)
_for_secretariat = notices.kinds_under("talent", TALENT, only=people.is_secretary)

CONTESTED: Final = _for_secretariat(
    "evidence_contested",
    _("Somebody contests evidence"),
    _("%(person)s contests evidence: “%(name)s”."),
)
DECIDED: Final = _kind(
    "evidence_decided",
    _("Evidence that I contested was decided on"),
    _("The secretariat decided on evidence that you contest: “%(name)s”. The reason stands there."),
)
ASKED: Final = _kind(
    "endorsement_asked",
    _("Somebody asks me for an endorsement"),
    _("%(person)s asks you to endorse a skill: “%(name)s”."),
)
GIVEN: Final = _kind(
    "endorsement_given",
    _("An endorsement of mine is given"),
    _("%(person)s endorses your skill: “%(name)s”."),
)
DECLINED: Final = _kind(
    "endorsement_declined",
    _("An endorsement of mine is not given"),
    _("%(person)s does not endorse this skill: “%(name)s”."),
)
TAKEN_BACK: Final = _kind(
    "endorsement_taken_back",
    _("An endorsement of mine is taken back"),
    _("%(person)s takes an endorsement back: “%(name)s”. The reason stands there."),
)
KEPT_UNTIL: Final = _kind(
    "record_ends",
    _("My evidence and profile are about to be deleted"),
    _("Your evidence, profile and consent are deleted on %(day)s unless you keep them longer."),
)
DELETED: Final = _kind(
    "record_deleted",
    _("My evidence and profile were deleted"),
    _("Your evidence, profile and consent were deleted. The receipt says how much."),
)


def tell_secretariat(evidence: Any) -> None:
    """Somebody contests evidence. Whoever it is about does not decide on it."""
    desk = [one for one in people.secretaries() if one.pk != evidence.person_id]
    params = _named(evidence) | _person(evidence.person)
    notices.notify(desk, CONTESTED, url=f"/talent/contested/{evidence.uid}", params=params)


def tell_person(kind: str, person: Any, *, url: str, row: Any) -> None:
    notices.notify([person], kind, url=url, params=_named(row))


def tell_verifier(endorsement: Any) -> None:
    params = _skill(endorsement) | _person(endorsement.person)
    notices.notify([endorsement.verifier], ASKED, url=_endorsement(endorsement), params=params)


def tell_asker(kind: str, endorsement: Any) -> None:
    params = _skill(endorsement) | _person(endorsement.verifier)
    notices.notify([endorsement.person], kind, url=_endorsement(endorsement), params=params)


def _endorsement(endorsement: Any) -> str:
    return f"/me/talent/endorsements/{endorsement.uid}"


def _named(row: Any) -> dict[str, str]:
    return {"name_ko": row.title_ko or row.title_en, "name_en": row.title_en or row.title_ko}


def _skill(endorsement: Any) -> dict[str, str]:
    skill = people.skills_named([endorsement.skill]).get(endorsement.skill)
    if skill is None:
        return {"name_ko": endorsement.skill, "name_en": endorsement.skill}
    return {"name_ko": skill.name_ko, "name_en": skill.name_en}


def _person(person: Any) -> dict[str, str]:
    return {"person_ko": person.name_ko or person.name_en, "person_en": person.name_en or person.name_ko}
