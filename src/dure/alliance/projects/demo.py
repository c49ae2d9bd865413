"""The demo's joint research: twenty projects with their years, played through our own actions, each once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml
from django.db import transaction

from dure.alliance.models import ResearchProject
from dure.alliance.projects import dates, editing
from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM, Role
from dure.people import api as people
from dure.problems import api as problems

YEAR: Final = {
    "report": "계획한 실험을 마쳤고 두 번 시험했습니다. / The experiments are done, with two trials at the partner.",
    "plan": "데이터를 늘리고 현장에서 석 달 동안 시험합니다. / More data, and three months of trial on site.",
    "outputs": "논문을 준비하고 있습니다. / A paper is being written.",
}
WHY: Final = "성과와 계획이 분명합니다. / Results and plan are clear."
TERMS: Final = "데이터는 제공 기관에 남고, 결과물은 함께 소유합니다. / Data stay with who brings them; results belong to both."
BUDGET: Final = Decimal(120_000_000)


@dataclass(frozen=True, slots=True)
class Played:
    """One project of the content with who plays it."""

    said: Mapping[str, Any]
    project: ResearchProject
    lead: people.Person
    desk: people.Person

    def move(self, action: str, by: Any = None, **data: Any) -> None:
        workflow.perform(self.project, action, by=by or self.desk, data=data)


@cache
def content() -> Any:
    """What stands in `demo.yaml`."""
    return yaml.safe_load(files(__package__).joinpath("demo.yaml").read_text(encoding="utf-8"))


@transaction.atomic
def load(_event: problems.DemoLoaded) -> None:
    """Put them into the demo, once: what is there already stays as people left it."""
    known = {str(one.email).partition("@")[0]: one for one in people.Person.objects.filter(is_demo=True)}
    desk = (
        people.Person.objects.filter(is_demo=True, roles__contains=[Role.SECRETARIAT]).order_by("pk").first()
    )
    homes = {one.slug: one for one in people.Organisation.objects.all()}
    if desk is None or ResearchProject.objects.filter(made_by=desk).exists():
        return
    for said in content():
        if said["lead"] in known and {said["at"], said["with"]} <= homes.keys():
            _play(said, known[said["lead"]], desk, homes)


def _play(
    said: Mapping[str, Any], lead: people.Person, desk: people.Person, homes: Mapping[str, Any]
) -> None:
    over = clock.today() + timedelta(days=said["due"])
    first = dates.months_after(over, -12 * said["years"])
    with clock.on(min(first, clock.today())):
        made = _made(said, lead, desk, first)
        for slug, role in ((said["at"], "leads"), (said["with"], _role_of(homes[said["with"]]))):
            given = {"organisation": homes[slug], "role": role, "budget": BUDGET, "currency": "KRW"}
            editing.add_partner(made, by=desk, given=given)
        _plan(made, desk, first)
        played = Played(said, made, lead, desk)
        if said["state"] != "setup":
            played.move("start")
            _reach(played)
    for year in range(1, said["years"]):
        _renewed(played, year)
    if "output" in said:
        editing.add_output(made, by=lead, given={"link": "", **said["output"]})
    END.get(said["state"], _nothing)(played, over)


def _made(said: Mapping[str, Any], lead: people.Person, desk: people.Person, first: date) -> ResearchProject:
    words = {f"title_{code}": said["title"][code] for code in ("ko", "en")}
    days = {"starts_on": max(first, clock.today()), "kickoff_on": clock.today()}
    return editing.create(
        by=desk,
        given={
            **words,
            **days,
            "origin": "direct",
            "track": said["track"],
            "lead": lead,
            "audience": said["audience"],
            "terms": TERMS,
            "concerns": said.get("concerns", []),
        },
    )


def _role_of(organisation: Any) -> str:
    return "industry" if organisation.kind == people.Organisation.Kind.INDUSTRY else "research"


def _plan(project: ResearchProject, desk: people.Person, first: date) -> None:
    """A milestone that is reached, and one that is ahead."""
    for ko, en, days in (("첫 기준 모델", "A first baseline", 90), ("현장 시험", "A trial on site", 3000)):
        due = max(first, project.starts_on) + timedelta(days=days)
        editing.plan(project, by=desk, given={"title_ko": ko, "title_en": en, "due_on": due})


def _reach(played: Played) -> None:
    """The first milestone is handed in with its evidence and accepted."""
    one = played.project.milestones.order_by("pk")[0]
    workflow.perform(one, "start", by=played.lead)
    given = {"title": "시험 기록 / Record of the trial", "link": "/problems"}
    editing.link(one, by=played.lead, given=given)
    workflow.perform(one, "submit", by=played.lead)
    workflow.perform(one, "accept", by=played.desk)


def _renewed(played: Played, year: int) -> None:
    """One year that is over, renewed; a project in the state `conditions` got its last renewal with some."""
    _asked(played, year)
    _submitted(played)
    due = dates.due_on(played.project.starts_on, year)
    with clock.on(due - timedelta(days=6)):
        if played.said["state"] == "conditions" and year == played.said["years"] - 1:
            until = due + timedelta(days=3000)
            condition = "데이터세트를 회원에게 공개 / Open the data set to members"
            played.move("renew_with_conditions", conditions=condition, until=until, reason=WHY)
        else:
            played.move("renew", reason=WHY)


def _asked(played: Played, year: int) -> None:
    with clock.on(dates.asked_on(played.project.starts_on, year)):
        played.move("due_renewal", SYSTEM)


def _submitted(played: Played) -> None:
    this = ResearchProject.objects.get(pk=played.project.pk)
    with clock.on(dates.asked_on(this.starts_on, this.year) + timedelta(days=5)):
        played.move("submit_renewal", played.lead, **YEAR)


def _nothing(_played: Played, _over: date) -> None:
    """It is as it is to be."""


def _due(played: Played, _over: date) -> None:
    _asked(played, played.said["years"])


def _overdue(played: Played, over: date) -> None:
    """It did not come, and its organisations were told."""
    _due(played, over)
    with clock.on(over + timedelta(days=1)):
        played.move("escalate", SYSTEM)


def _lapsed(played: Played, over: date) -> None:
    _overdue(played, over)
    with clock.on(dates.lapses_on(over)):
        played.move("lapse", SYSTEM)


def _handed_in(played: Played, over: date) -> None:
    _due(played, over)
    _submitted(played)


def _in_review(played: Played, over: date) -> None:
    _handed_in(played, over)
    played.move("begin_review")


def _not_renewed(played: Played, over: date) -> None:
    _handed_in(played, over)
    why = "필요한 정비 기록을 더 모을 수 없습니다. / No more maintenance notes can be had."
    with clock.on(over - timedelta(days=2)):
        played.move("not_renew", reason=why)


def _paused(played: Played, _over: date) -> None:
    until = clock.today() + timedelta(days=60)
    played.move("pause", reason="연구책임자의 연구년 / The lead is on sabbatical", until=until)


def _stopped(played: Played, _over: date) -> None:
    played.move("stop", reason="참여 기관이 사업을 접었습니다. / A partner gave the business up.")


def _completed(played: Played, _over: date) -> None:
    for one in played.project.milestones.filter(state="planned"):
        workflow.perform(one, "waive", by=played.desk, data={"reason": WHY})
    played.move("close", played.lead)
    played.move("complete", report=YEAR["report"])


END: Final = {
    "due": _due,
    "overdue": _overdue,
    "lapsed": _lapsed,
    "submitted": _handed_in,
    "in_review": _in_review,
    "not_renewed": _not_renewed,
    "paused": _paused,
    "stopped": _stopped,
    "completed": _completed,
}
