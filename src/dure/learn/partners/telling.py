"""What people are told about partners' courses and foreign certificates."""

from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.foundation.access import Role
from dure.learn.credentials.telling import CREDENTIALS
from dure.people import api as people

_kind = notices.kinds_under("learn", CREDENTIALS)

ASKED: Final = _kind(
    "partner_asked",
    _("Somebody asks for a seat in a partner's course of ours"),
    _("%(person)s asks for a seat: “%(name)s”."),
)
LEFT: Final = _kind(
    "partner_left",
    _("Somebody gives a seat in a partner's course back"),
    _("%(person)s gives the seat back: “%(name)s”."),
)
GIVEN: Final = _kind(
    "partner_given",
    _("I have a seat in a partner's course"),
    _("You have a seat: “%(name)s”. The course's own page says how to begin."),
)
DECLINED: Final = _kind(
    "partner_declined",
    _("I get no seat in a partner's course"),
    _("You get no seat: “%(name)s”. The reason stands there."),
)
TO_REVIEW: Final = _kind(
    "recognition_to_review",
    _("A foreign certificate waits for a reviewer"),
    _("%(person)s handed in a certificate: “%(name)s”."),
)
RECOGNISED: Final = _kind(
    "recognition_recognised",
    _("A foreign certificate of mine is recognised"),
    _("Your certificate is recognised: “%(name)s”. The skills it shows count."),
)
NOT_RECOGNISED: Final = _kind(
    "recognition_declined",
    _("A foreign certificate of mine is not recognised"),
    _("Your certificate is not recognised: “%(name)s”. The reason stands there."),
)


def tell_place(kind: str, place: Any) -> None:
    """Tell whose place it is."""
    notices.notify([place.person], kind, url=_course(place.course), params=_names(place.course))


def tell_managers(kind: str, place: Any) -> None:
    """Tell whoever looks after the course."""
    notices.notify(
        managers(place.course),
        kind,
        url=f"{_course(place.course)}/places",
        params=_names(place.course) | _person(place.person),
    )


def tell_holder(kind: str, row: Any) -> None:
    """Tell whose certificate it is."""
    notices.notify([row.person], kind, url=f"/recognitions/{row.uid}", params=_names(row.course))


def tell_reviewers(row: Any) -> None:
    """Tell the instructors who may decide, and the secretariat where there is none."""
    params = _names(row.course) | _person(row.person)
    notices.notify(reviewers(row), TO_REVIEW, url=f"/recognitions/{row.uid}", params=params)


def managers(course: Any) -> list[people.Person]:
    """Representatives of the organisation and its instructors; the secretariat where there is none."""
    inside = people.Membership.objects.current().filter(organisation_id=course.organisation_id)
    speaking = inside.filter(role=people.Membership.Role.REPRESENTATIVE).values("person_id")
    teaches = Q(roles__contains=[Role.INSTRUCTOR])
    found = _belonging(course.organisation_id).filter(Q(pk__in=speaking) | teaches)
    return list(found) or list(people.secretaries())


def reviewers(row: Any) -> list[people.Person]:
    """Who may decide on a certificate: see `rules.may_review`."""
    theirs = people.organisations_of(row.person)
    colleagues = people.Membership.objects.current().filter(organisation_id__in=theirs).values("person_id")
    teaching = _belonging(row.course.organisation_id).filter(roles__contains=[Role.INSTRUCTOR])
    able = teaching.exclude(pk=row.person_id).exclude(pk__in=colleagues)
    return list(able) or [one for one in people.secretaries() if one.pk != row.person_id]


def _belonging(organisation: int) -> "QuerySet[people.Person]":
    inside = people.Membership.objects.current().filter(organisation_id=organisation)
    return people.Person.objects.filter(is_active=True, pk__in=inside.values("person_id"))


def _course(course: Any) -> str:
    return f"/partner-courses/{course.uid}"


def _names(course: Any) -> dict[str, str]:
    return {"name_ko": course.title_ko or course.title_en, "name_en": course.title_en or course.title_ko}


def _person(person: Any) -> dict[str, str]:
    return {"person_ko": person.name_ko or person.name_en, "person_en": person.name_en or person.name_ko}
