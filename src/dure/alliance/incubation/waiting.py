"""What waits for a person in the incubation: pitches to judge and to decide on, startups to take in, checkpoints."""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import Count, DateTimeField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from dure.alliance.incubation import rules, visibility
from dure.alliance.models import PitchScore, StartupCase, StartupCheckpoint, StartupMentor
from dure.foundation.access import Role, has_role
from dure.foundation.waiting import Waiting, declare

OF_CASE: Final[dict[str, Any]] = {"ref": F("uid"), "title_ko": F("name_ko"), "title_en": F("name_en")}
OF_MONTH: Final[dict[str, Any]] = {
    "ref": F("case__uid"),
    "title_ko": F("case__name_ko"),
    "title_en": F("case__name_en"),
    "due": Cast(F("due_on"), DateTimeField()),
}


def register() -> None:
    """Called once when the app is ready."""
    for waiting in (*_of_pitches(), *_of_months()):
        declare(waiting)


def _of_pitches() -> Iterator[Waiting]:
    """The jury judges, the secretariat decides and takes in."""
    yield Waiting(
        kind="pitch_judge",
        rows=_to_judge,
        title=_("Give points for a pitch: “%(name)s”"),
        why=_("You are a juror of its batch."),
        url="/startups/%(ref)s/pitch",
        **OF_CASE,
    )
    yield Waiting(
        kind="startup_decide",
        rows=_to_decide,
        title=_("Select a startup or not: “%(name)s”"),
        why=_("The call is over, and the jury has given points."),
        url="/startups/%(ref)s",
        **OF_CASE,
    )
    yield Waiting(
        kind="startup_admit",
        rows=_to_admit,
        title=_("Get a place ready: “%(name)s”"),
        why=_("It is selected, and its batch is under way."),
        url="/startups/%(ref)s",
        **OF_CASE,
    )


def _of_months() -> Iterator[Waiting]:
    """From the reminder on: the mentor writes, the founder gives figures."""
    months = "/startups/%(ref)s/checkpoints"
    yield Waiting(
        kind="checkpoint_hold",
        rows=_to_hold,
        title=_("Hold a checkpoint: “%(name)s”"),
        why=_("You are its mentor, and the month is over."),
        url=months,
        **OF_MONTH,
    )
    yield Waiting(
        kind="checkpoint_report",
        rows=_to_report,
        title=_("Give the figures of the month: “%(name)s”"),
        why=_("Your mentor reads them before the checkpoint."),
        url=months,
        **OF_MONTH,
    )


def _to_judge(person: Any) -> "QuerySet[Any, Any]":
    said = PitchScore.objects.filter(case=OuterRef("pk"), juror_id=person.pk)
    rows = StartupCase.objects.filter(visibility.judged_q(person), ~Exists(said), state="applied")
    return rows.filter(batch__state__in=("open", "selecting"))


def _to_decide(person: Any) -> "QuerySet[Any, Any]":
    heard = PitchScore.objects.filter(case=OuterRef("pk"), is_conflict=False).order_by().values("case")
    enough = heard.annotate(n=Count("pk")).filter(n__gte=rules.FEWEST_JURORS)
    rows = StartupCase.objects.filter(_desk(person), Exists(enough), ~visibility.near_q(person))
    return rows.filter(state="applied", batch__state="selecting")


def _to_admit(person: Any) -> "QuerySet[Any, Any]":
    rows = StartupCase.objects.filter(_desk(person), ~visibility.near_q(person), state="selected")
    return rows.filter(batch__state="running")


def _to_hold(person: Any) -> "QuerySet[Any, Any]":
    mine = StartupMentor.objects.filter(case=OuterRef("case_id"), person_id=person.pk, until=None)
    return StartupCheckpoint.objects.filter(_is_near, Exists(mine))


def _to_report(person: Any) -> "QuerySet[Any, Any]":
    own = StartupCheckpoint.objects.filter(_is_near, reported_at=None)
    return own.filter(case__founder_id=person.pk, case__state__in=rules.INSIDE)


_is_near: Final = Q(state="late") | Q(state="planned", reminded_at__isnull=False)


def _desk(person: Any) -> Q:
    return Q(pk__isnull=False) if has_role(person, Role.SECRETARIAT) else Q(pk__in=())
