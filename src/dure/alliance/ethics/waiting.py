"""What waits for a person in ethics: answers to write, opinions to give, incidents to follow."""

from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.alliance.ethics import visibility
from dure.alliance.models import EthicsAssessment, EthicsIncident, EthicsMember, EthicsOpinion
from dure.foundation import clock
from dure.foundation.access import Role, has_role
from dure.foundation.waiting import Waiting, declare
from dure.people import api as people

NAMES: Final[dict[str, Any]] = {"ref": F("uid"), "title_ko": F("title_ko"), "title_en": F("title_en")}


def register() -> None:
    """Called once when the app is ready."""
    declare(
        Waiting(
            kind="ethics_write",
            rows=_to_write,
            title=_("Answer for the ethics assessment: “%(name)s”"),
            why=_("It neither starts nor goes public before the ethics board approves."),
            url="/ethics/assessments/%(ref)s",
            **NAMES,
        )
    )
    declare(
        Waiting(
            kind="ethics_opinion",
            rows=_to_judge,
            title=_("Give your opinion as a member of the ethics board: “%(name)s”"),
            why=_("An assessment is with the board."),
            url="/ethics/assessments/%(ref)s",
            **NAMES,
        )
    )
    declare(
        Waiting(
            kind="ethics_incident",
            rows=_to_follow,
            title=_("Follow an incident up: “%(name)s”"),
            why=_("It is not closed yet."),
            url="/ethics/incidents/%(ref)s",
            **NAMES,
        )
    )


def _to_write(person: Any) -> "QuerySet[Any, Any]":
    represented = people.Membership.objects.current().filter(
        person_id=person.pk, role=people.Membership.Role.REPRESENTATIVE
    )
    mine = Q(author_id=person.pk) | Q(author=None, organisation_id__in=represented.values("organisation_id"))
    return EthicsAssessment.objects.filter(mine, state__in=("draft", "revisit"))


def _to_judge(person: Any) -> "QuerySet[Any, Any]":
    """With the board, no opinion of mine on it, and no interest."""
    said = EthicsOpinion.objects.filter(assessment=OuterRef("pk"), turn=OuterRef("turn"), by_id=person.pk)
    rows = EthicsAssessment.objects.filter(_on_board(person), state="submitted")
    return rows.exclude(author_id=person.pk).filter(visibility.elsewhere_q(person), ~Exists(said))


def _to_follow(person: Any) -> "QuerySet[Any, Any]":
    desk = Q(pk__isnull=False) if has_role(person, Role.SECRETARIAT) else Q(pk__in=())
    rows = EthicsIncident.objects.exclude(state="closed").exclude(reporter_id=person.pk)
    return rows.filter(desk | (_on_board(person) & visibility.elsewhere_q(person)))


def _on_board(person: Any) -> Q:
    today = clock.today()
    seats = EthicsMember.objects.filter(Q(until=None) | Q(until__gt=today), since__lte=today)
    return Q(Exists(seats.filter(person_id=person.pk)))
