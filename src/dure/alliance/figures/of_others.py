"""Figures of what the floors below do: training, placing, problems. Their rows come through their doors."""

from typing import Any, Final

from django.db.models import Case, F, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dure.alliance.figures import table
from dure.alliance.figures.table import Figure
from dure.learn import api as learn
from dure.problems import api as problems
from dure.talent import api as talent

PRACTICE: Final = "practice"
OTHER_UNIT: Final = "other"
INDUSTRIES: Final = {
    PRACTICE: _("Practice, with answers that are public elsewhere"),
    **dict(problems.Problem.Industry.choices),
}
PLACES: Final = {**dict(talent.Opening.Kind.choices)}
CURRENCIES: Final = ("KRW", "USD", "CAD", "EUR", "JPY")


def register() -> None:
    """Called once when the app is ready."""
    for figure in (*_people(), *_problems(), _payoff()):
        table.declare(figure)


def _people() -> tuple[Figure, ...]:
    return (
        Figure(
            code="trained",
            order=10,
            label=_("People trained"),
            definition=_(
                "People who completed at least one course in the year, alone or in a cohort. Each counts "
                "once, with the first course "
                "completed in the year: its track is the field, and the organisation for which they learnt "
                "decides on region and size."
            ),
            rows=learn.people_trained,
            day=F("completed_at"),
            organisation=F("organisation_id"),
            field=F("course__track"),
            fields=INDUSTRIES,
        ),
        Figure(
            code="seats",
            order=20,
            label=_("People placed: seats accepted"),
            definition=_(
                "Jobs, internships, exchanges and secondments that somebody accepted in the year and still "
                "holds. The field is the kind of "
                "place; the organisation that offers it decides on region and size. Places of an exchange or "
                "internship intake count below."
            ),
            rows=talent.seats_taken,
            day=F("state_since"),
            organisation=F("opening__organisation_id"),
            field=F("opening__kind"),
            fields=PLACES,
            helps=True,
        ),
        Figure(
            code="stays",
            order=21,
            label=_("People placed: stays begun"),
            definition=_(
                "Stays with a host under an intake (exchange, internship, secondment, scholarship) whose "
                "first day was in the year, those "
                "broken off later among them. The field is the kind of intake; the host decides on region and size."
            ),
            rows=talent.stays_begun,
            day=F("starts_on"),
            organisation=F("host__opening__organisation_id"),
            field=F("intake__kind"),
            fields=PLACES,
            helps=True,
        ),
    )


def _problems() -> tuple[Figure, ...]:
    said: dict[str, Any] = {
        "organisation": F("organisation_id"),
        "field": Case(When(practice=True, then=Value(PRACTICE)), default=F("industry")),
        "fields": INDUSTRIES,
        "seen": table.visible,
        "title_ko": F("title_ko"),
        "title_en": F("title_en"),
        "ref": F("uid"),
        "url": "/problems/%s",
        "helps": True,
    }
    return (
        Figure(
            code="needs",
            order=30,
            label=_("Needs posted"),
            definition=_(
                "Needs that an organisation posted in the year, whatever became of them. The field is the industry."
            ),
            rows=problems.needs_posted,
            day=F("posted_at"),
            **said,
        ),
        Figure(
            code="solved",
            order=31,
            label=_("Problems solved"),
            definition=_(
                "Needs whose owner said in the year that they are solved. The field is the industry."
            ),
            rows=problems.needs_solved,
            day=F("solved_at"),
            **said,
        ),
    )


def _payoff() -> Figure:
    known = [When(payoff_unit__istartswith=one, then=Value(one)) for one in CURRENCIES]
    unit = Case(*known, When(payoff_unit__startswith="원", then=Value("KRW")), default=Value(OTHER_UNIT))
    money = [When(payoff_unit__istartswith=one, then=F("payoff_amount")) for one in (*CURRENCIES, "원")]
    return Figure(
        code="payoff",
        order=32,
        label=_("Reported value of solutions"),
        definition=_(
            "What owners of needs answered in the year to the question whether the solution paid, as they "
            "reported it and unchecked, added up "
            "by currency. Answers in another unit, such as hours a week, are counted and not added up."
        ),
        rows=problems.payoffs,
        day=F("state_since"),
        organisation=F("problem__organisation_id"),
        field=Case(When(problem__practice=True, then=Value(PRACTICE)), default=F("problem__industry")),
        fields=INDUSTRIES,
        unit=unit,
        units=_payoff_unit,
        amount=Case(*money, default=table.ONE),
        seen=table.visible,
        title_ko=F("problem__title_ko"),
        title_en=F("problem__title_en"),
        ref=F("uid"),
        url="/workrooms/%s",
    )


def _payoff_unit(unit: str) -> str:
    return gettext("answers in other units") if unit == OTHER_UNIT else unit
