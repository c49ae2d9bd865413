"""The alliance's part of the scene in which every transition is walked."""

from datetime import timedelta
from typing import Any

from dure.alliance.models import (
    Agreement,
    Commitment,
    Joining,
    Member,
    MemberLevel,
    ResearchProject,
    Roundtable,
    Vote,
)
from dure.alliance.votes import keys
from dure.engines import voting
from dure.foundation import clock
from tests.alliance.bulk import scene as bulk
from tests.alliance.incubation import scene as incubation
from tests.alliance.meetings import scene as meetings_scene
from tests.alliance.residents import scene as residents_scene
from tests.alliance.scouting import scene as scouting
from tests.factories import agreements, commitments, roundtables

SPEAKERS = {"representative"}
DESK = {"secretariat"}
NOBODY: set[str] = set()
LEADS = {"owner"}
"""The need's owner leads the research project."""

EXPECTED: dict[str, set[str]] = {
    "agreement.circulate": DESK,
    "agreement.approve": SPEAKERS,
    "agreement.request_changes": SPEAKERS,
    "agreement.open_signing": DESK,
    "agreement.sign": SPEAKERS,
    "agreement.reopen": SPEAKERS | DESK,
    "agreement.activate": NOBODY,
    "agreement.abandon": DESK,
    "agreement.amend": NOBODY,
    "agreement.extend": NOBODY,
    "agreement.leave": SPEAKERS,
    "agreement.notice": NOBODY,
    "agreement.remind": NOBODY,
    "agreement.renew": NOBODY,
    "agreement.expire": NOBODY,
    "agreement.terminate": SPEAKERS | DESK,
    "commitment.confirm": SPEAKERS,
    "commitment.cancel": SPEAKERS,
    "commitment.deliver": NOBODY,
    "commitment.fulfil": NOBODY,
    "commitment.period_end": NOBODY,
    "commitment.reopen": NOBODY,
    "commitment.carry_over": DESK,
    "commitment.settle": DESK,
    "commitment.agreement_ended": NOBODY,
    "joining.ask": DESK,
    "joining.answer": SPEAKERS,
    "joining.accept": DESK,
    "joining.refuse": DESK,
    "joining.withdraw": SPEAKERS,
    "alliance_member.change_level": DESK,
    "alliance_member.suspend": DESK,
    "alliance_member.resume": DESK,
    "alliance_member.leave": SPEAKERS,
    "alliance_member.end": DESK,
    "guru_term.accept": SPEAKERS,
    "guru_term.decline": SPEAKERS,
    "guru_term.withdraw": DESK,
    "guru_term.step_down": SPEAKERS,
    "guru_term.dismiss": DESK,
    "guru_term.end": NOBODY,
    "roundtable.announce": DESK,
    "roundtable.hold": DESK,
    "roundtable.publish": DESK,
    "roundtable.cancel": DESK,
    "vote.open": DESK,
    "vote.tally": DESK,
    "vote.extend": NOBODY,
    "vote.fail": NOBODY,
    "vote.void": NOBODY,
    "vote.settle": DESK,
    "vote.cancel": DESK,
    "topic.call_vote": NOBODY,
    "topic.tally": NOBODY,
    "topic.resume": NOBODY,
    "topic.return": DESK,
    "topic.adopt": DESK,
    "topic.schedule": DESK,
    "topic.unschedule": DESK,
    "topic.open": DESK,
    "topic.merge": DESK,
    "topic.park": DESK,
    "topic.reopen": DESK,
    "topic.reject": DESK,
    "topic.withdraw": SPEAKERS,
    "research_project.start": DESK,
    "research_project.pause": DESK,
    "research_project.resume": DESK,
    "research_project.request_change": LEADS,
    "research_project.due_renewal": NOBODY,
    "research_project.remind": NOBODY,
    "research_project.escalate": NOBODY,
    "research_project.lapse": NOBODY,
    "research_project.submit_renewal": LEADS,
    "research_project.begin_review": DESK,
    "research_project.return": DESK,
    "research_project.renew": DESK,
    "research_project.renew_with_conditions": DESK,
    "research_project.not_renew": DESK,
    "research_project.close": LEADS,
    "research_project.wind_up": DESK,
    "research_project.complete": DESK,
    "research_project.stop": DESK,
    "project_milestone.start": LEADS,
    "project_milestone.submit": LEADS,
    "project_milestone.accept": SPEAKERS | DESK,
    "project_milestone.return": SPEAKERS | DESK,
    "project_milestone.overdue": NOBODY,
    "project_milestone.reschedule": DESK,
    "project_milestone.waive": DESK,
    "project_change.approve": DESK,
    "project_change.refuse": DESK,
    "project_change.withdraw": LEADS,
    **scouting.EXPECTED,
    **incubation.EXPECTED,
    **meetings_scene.EXPECTED,
    **residents_scene.EXPECTED,
    **bulk.EXPECTED,
}


def parts(firm: Any, lead: Any) -> dict[str, Any]:
    """A draft of the organisation alone, without a field, that ends long after today: every guard has something to miss."""
    later = clock.today() + timedelta(days=900)
    later_on = clock.now() + timedelta(days=9)
    made = agreements.draft(firm, cooperation=(), effective_to=later)
    promise = commitments.pledged(made, donor=firm, beneficiary=None)
    level = MemberLevel.objects.get(slug="associate")
    asking = Joining.objects.create(organisation=firm, level=level, why="w", brings="b")
    standing = Member.objects.create(organisation=firm, level=level, since=clock.today())
    speaker = agreements.representative_of(firm)
    return {
        "joining": asking,
        "alliance_member": standing,
        "guru_term": roundtables.term(speaker),
        "topic": roundtables.topic(by=speaker, organisation=firm),
        "vote": _voted(later_on),
        "roundtable": Roundtable.objects.create(
            title_en="Walk", starts_at=later_on, ends_at=later_on + timedelta(hours=1)
        ),
        "agreement": Agreement.objects.get(pk=made.pk),
        "commitment": Commitment.objects.get(pk=promise.pk),
        **_researched(firm, lead),
        **scouting.parts(firm, speaker),
        **incubation.parts(lead),
        **meetings_scene.parts(firm, speaker),
        **residents_scene.parts(firm, speaker),
        **bulk.parts(),
    }


def _voted(closes_at: Any) -> Vote:
    """A vote without topics and without anybody who may vote; it has its key, so that it is not void."""
    made = Vote.objects.create(
        title_en="Walk", rule=voting.rule_data(voting.Rule(method="motion")), closes_at=closes_at
    )
    keys.make(made.uid)
    return made


def _researched(firm: Any, lead: Any) -> dict[str, Any]:
    """A project of the firm that lacks its first meeting, with a milestone without evidence and a change."""
    project = ResearchProject.objects.create(
        track="speech", title_en="Walk", lead=lead, starts_on=clock.today()
    )
    project.partners.create(organisation=firm, role="industry")
    due = clock.today() + timedelta(days=30)
    asked = project.changes.create(kind="scope", what="More", reason="Because", asked_by=lead)
    return {
        "research_project": project,
        "project_milestone": project.milestones.create(title_en="Walk", due_on=due),
        "project_change": asked,
    }
