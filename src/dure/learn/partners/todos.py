"""What waits for reviewers because of partners: certificates to decide on, and seats that people ask for. One query."""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import F, Q, QuerySet, Value
from django.utils.translation import gettext as _

from dure.foundation import i18n, prepared
from dure.foundation.access import Role, has_role
from dure.foundation.notices import Todo
from dure.learn.models import PartnerCourse, PartnerPlace, Recognition
from dure.learn.partners import visibility
from dure.learn.partners.queries import reviewable_q

MOST: Final = 20


def todos(person: Any) -> Iterator[Todo]:
    """One for each certificate, and one for each course of which seats are asked for.

    Representatives without a role are told of seats by a notice alone: nobody else's front page asks a query more for it.
    """
    if not has_role(person, Role.SECRETARIAT, Role.INSTRUCTOR):
        return
    for kind, uid, ko, en in prepared.rows("learn.todos.partners", _all, person):
        name = {"name": i18n.localized(PartnerCourse(title_ko=ko, title_en=en), "title")}
        if kind == "certificate":
            yield Todo(
                title=_("Decide on a certificate: “%(name)s”") % name,
                url=f"/recognitions/{uid}",
                why=_("Its signature does not settle it."),
            )
        else:
            yield Todo(
                title=_("Decide who gets a seat: “%(name)s”") % name,
                url=f"/partner-courses/{uid}/places",
                why=_("People ask for seats that your organisation gives."),
            )


def _all(person: Any) -> "QuerySet[Any, Any]":
    names = ("course__title_ko", "course__title_en")
    certificates = Recognition.objects.filter(reviewable_q(person), state="handed_in").order_by()
    asked = PartnerPlace.objects.filter(_managed(person), state="asked").order_by()
    first = certificates.values_list(Value("certificate"), F("uid"), *names)
    second = asked.values_list(Value("seats"), F("course__uid"), *names)
    found: QuerySet[Any, Any] = first.union(second)[:MOST]
    return found


def _managed(person: Any) -> Q:
    return visibility.managed_q(person, prefix="course__")
