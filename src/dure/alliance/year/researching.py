"""Twenty joint projects: begun in the first month, asked after eleven months, and renewed, ended or lapsed."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from dure.alliance.models import ResearchProject
from dure.alliance.projects import editing
from dure.alliance.year.cast import content
from dure.alliance.year.founding import founding
from dure.alliance.year.playing import Scene, Year
from dure.foundation import clock, workflow
from dure.people import api as people

BEGIN: Final = 20
ASKED: Final = 360
"""Eleven months after they began the clock has asked all of them."""
SILENT: Final = (18, 19)
"""The last two say nothing and lapse."""
NOT_RENEWED: Final = (17,)
CONDITIONED: Final = (3, 9)
BUDGET: Final = Decimal(100_000_000)
TERMS: Final = "데이터는 제공 기관에 남고, 결과물은 함께 소유합니다. / Data stay with who brings them; results belong to both."
YEAR: Final = {
    "report": "계획한 실험을 마쳤습니다. / The experiments that were planned are done.",
    "plan": "현장에서 석 달 동안 시험합니다. / Three months of trial on site.",
    "outputs": "논문을 준비하고 있습니다. / A paper is being written.",
}
WHY: Final = {"reason": "성과와 계획을 보고 정했습니다. / Decided by results and plan."}


def scenes() -> list[Scene]:
    return [
        Scene(BEGIN, "공동연구 스무 건 시작 / twenty joint projects begin", begin),
        Scene(110, "첫 마일스톤 / the first milestones", reach),
        Scene(ASKED, "갱신 보고서 제출 / renewals are submitted", submit),
        Scene(ASKED + 14, "갱신 결정 / renewals are decided", decide),
    ]


def begin(year: Year) -> None:
    slugs = list(year.cast.homes)
    for at, said in enumerate(content()["projects"]):
        leading, other = slugs[4 + at % 5], slugs[at % 4]
        made = editing.create(by=year.cast.desk, given=_given(said, year.cast.leads[leading]))
        for slug, role in ((leading, "leads"), (other, "industry")):
            given = {
                "organisation": year.cast.homes[slug],
                "role": role,
                "budget": BUDGET,
                "currency": "KRW",
            }
            editing.add_partner(made, by=year.cast.desk, given=given)
        due = clock.today() + timedelta(days=95)
        words = {"title_ko": "첫 기준 모델", "title_en": "A first baseline"}
        editing.plan(made, by=year.cast.desk, given={**words, "due_on": due})
        workflow.perform(made, "start", by=year.cast.desk)


def _given(said: Any, lead: people.Person) -> dict[str, Any]:
    return {
        "title_ko": said["ko"],
        "title_en": said["en"],
        "origin": "agreement",
        "agreement": founding(),
        "track": said["track"],
        "lead": lead,
        "audience": "members",
        "terms": TERMS,
        "starts_on": clock.today(),
        "kickoff_on": clock.today(),
    }


def reach(year: Year) -> None:
    """All but the last four hand theirs in; those become late by the clock."""
    for project in projects(year)[:-4]:
        one = project.milestones.order_by("pk")[0]
        workflow.perform(one, "start", by=lead_of(project))
        said = {"title": "시험 기록 / Record of the trial", "link": "/topics"}
        editing.link(one, by=lead_of(project), given=said)
        workflow.perform(one, "submit", by=lead_of(project))
        workflow.perform(one, "accept", by=year.cast.desk)


def submit(year: Year) -> None:
    for project in _speaking(year):
        paper = {"kind": "paper", "title": f"{project.title_en}: first results", "link": ""}
        editing.add_output(project, by=lead_of(project), given=paper)
        workflow.perform(project, "submit_renewal", by=lead_of(project), data=YEAR)


def decide(year: Year) -> None:
    """Most are renewed, two with conditions, one is not."""
    every = projects(year)
    for at, project in enumerate(every):
        if at in SILENT:
            continue
        workflow.perform(project, "begin_review", by=year.cast.desk)
        if at in NOT_RENEWED:
            workflow.perform(project, "not_renew", by=year.cast.desk, data=WHY)
        elif at in CONDITIONED:
            until = clock.today() + timedelta(days=180)
            wanted = {"conditions": "데이터 공개 / Open the data", "until": until, **WHY}
            workflow.perform(project, "renew_with_conditions", by=year.cast.desk, data=wanted)
        else:
            workflow.perform(project, "renew", by=year.cast.desk, data=WHY)


def projects(year: Year) -> list[ResearchProject]:
    """The twenty in the order in which they began."""
    leads = year.cast.leads.values()
    found = ResearchProject.objects.filter(lead__in=leads, origin="agreement").select_related("lead")
    return list(found.order_by("pk"))


def _speaking(year: Year) -> Iterator[ResearchProject]:
    return (one for at, one in enumerate(projects(year)) if at not in SILENT)


def lead_of(project: ResearchProject) -> people.Person:
    """Its lead. Raises ValueError for a project without one."""
    if project.lead is None:
        raise ValueError(project.uid)
    return project.lead
