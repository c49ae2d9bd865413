"""Figures of a year that startups bring: introductions and what came of them, investments as far as disclosed, exits."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any, Final

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.alliance.figures import table
from dure.alliance.figures.table import Figure
from dure.alliance.models import StartupCase, StartupIntroduction, StartupOutcome, StartupRound

OF_CASE: Final[dict[str, Any]] = {
    "title_ko": F("case__name_ko"),
    "title_en": F("case__name_en"),
    "ref": F("case__uid"),
}


def register() -> None:
    """Called once when the app is ready."""
    for figure in (*_introductions(), *_rounds(), _exits()):
        table.declare(figure)


def _inside(person: Any, rows: Any) -> "QuerySet[Any, Any]":
    """Rows of startups whose file this person may read."""
    inside = StartupCase.objects.inside_for(person).order_by().values("pk")
    found: QuerySet[Any, Any] = rows.filter(case__in=inside)
    return found


INTRODUCTIONS: Final = (
    (
        "introductions",
        "asked_on",
        _("Introductions of startups"),
        _(
            "Introductions of startups to members and to partners elsewhere that were asked for in the "
            "year. The field says how far each has come by today; the member decides on region and size."
        ),
    ),
    (
        "introduction_pocs",
        "poc_on",
        _("Proofs of concept begun"),
        _(
            "Introductions of which a proof of concept began in the year, whenever they were asked for "
            "and however they ended. The field says how far each has come by today; the member decides "
            "on region and size."
        ),
    ),
    (
        "introduction_contracts",
        "contract_on",
        _("Contracts of startups signed"),
        _(
            "Introductions of which a contract was signed in the year, whenever they were asked for. The "
            "member decides on region and size."
        ),
    ),
)
"""Figures of introductions: each with the day on which it counts one."""


def _introductions() -> Iterator[Figure]:
    for order, (code, day, label, definition) in enumerate(INTRODUCTIONS, start=83):
        yield Figure(
            code=code,
            order=order,
            label=label,
            definition=definition,
            rows=partial(_on_a_day, day),
            day=F(day),
            organisation=F("organisation_id"),
            field=F("state"),
            fields=dict(StartupIntroduction.workflow.choices),
            seen=_inside,
            url="/startups/%s/introductions",
            **OF_CASE,
        )


def _on_a_day(name: str, first: date, last: date) -> "QuerySet[StartupIntroduction]":
    return StartupIntroduction.objects.filter(**{f"{name}__range": (first, last)})


def _rounds() -> tuple[Figure, ...]:
    def closed(first: date, last: date) -> "QuerySet[StartupRound]":
        return StartupRound.objects.filter(closed_on__range=(first, last))

    said: dict[str, Any] = {
        "day": F("closed_on"),
        "field": F("kind"),
        "fields": dict(StartupRound.Kind.choices),
        "seen": _inside,
        "url": "/startups/%s/money",
        **OF_CASE,
    }
    return (
        Figure(
            code="startup_rounds",
            order=86,
            label=_("Investments in startups"),
            definition=_(
                "Rounds of investment in startups of the incubation that were closed in the year, those whose "
                "amount is not disclosed among them. The field is the kind of round."
            ),
            rows=closed,
            **said,
        ),
        Figure(
            code="startup_money",
            order=87,
            label=_("Money raised by startups, as far as disclosed"),
            definition=_(
                "What investors put into startups of the incubation in rounds closed in the year, added up by "
                "currency over the rounds whose amount is disclosed. The field is the kind of round."
            ),
            rows=lambda first, last: closed(first, last).exclude(amount=None),
            unit=F("currency"),
            amount=F("amount"),
            **said,
        ),
    )


def _exits() -> Figure:
    def ended(first: date, last: date) -> "QuerySet[StartupOutcome]":
        return StartupOutcome.objects.filter(on__range=(first, last)).exclude(
            kind=StartupOutcome.Kind.GOES_ON
        )

    return Figure(
        code="startup_exits",
        order=88,
        label=_("Exits of startups"),
        definition=_(
            "Startups of the incubation that were noted as bought, listed on an exchange or closed on a day of the "
            "year. The field says which."
        ),
        rows=ended,
        day=F("on"),
        field=F("kind"),
        fields=dict(StartupOutcome.Kind.choices),
        seen=_inside,
        url="/startups/%s/money",
        **OF_CASE,
    )
