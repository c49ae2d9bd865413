"""The decision: means, the printed rule, verdicts, the announcement, the waiting list, projects; and a large call."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dure.alliance.calls import deciding
from dure.alliance.models import (
    CallReviewer,
    Commitment,
    Proposal,
    ProposalPartner,
    ResearchCall,
    ResearchProject,
    Review,
    ReviewMark,
)
from dure.alliance.proposals import by_date
from dure.alliance.reviews import assigning
from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM, Denied
from dure.foundation.models import Notice
from dure.people.models import Membership, Organisation, Person
from tests.factories import agreements, calls, people
from tests.factories.people import client_of

pytestmark = pytest.mark.django_db
JSON = "application/json"
API = "/api/v1"
MESSAGES = {"accept": "Welcome.", "reserve": "Please wait.", "decline": "Not this time."}


def judged(call: ResearchCall, *marks: int, **changed: Any) -> Proposal:
    """A proposal in review, with one submitted review for each mark from 0 to 10 (which both items get, by their scales)."""
    made = calls.submitted(call, **changed)
    workflow.perform(made, "screen_pass", by=SYSTEM)
    for mark in marks:
        reviewer = call.reviewers.create(person=people.person())
        review = made.reviews.create(reviewer=reviewer, due_on=clock.today(), state="submitted")
        for one in call.criteria.all():
            review.marks.create(criterion=one, mark=mark * one.scale // 10)
    return Proposal.objects.get(pk=made.pk)


def under_discussion(*asks: tuple[int, int], **changed: Any) -> tuple[ResearchCall, list[Proposal], Person]:
    """A call that is being decided, with a proposal for each (mark, amount)."""
    desk = agreements.secretary()
    call = calls.opened(by=desk, reviews_each=1, **changed)
    found = [judged(call, mark, budget=amount) for mark, amount in asks]
    calls.close(call)
    workflow.perform(call, "start_decision", by=desk)
    return calls.fresh(call), [calls.fresh(one) for one in found], desk


def test_a_decision_begins_once_all_is_screened_and_reviewed_or_for_a_reason() -> None:
    desk = agreements.secretary()
    call = calls.opened(by=desk, reviews_each=2)
    judged(call, 8)
    waiting = calls.submitted(call)
    calls.close(call)
    office = client_of(desk)
    there, begin = f"{API}/calls/{call.uid}/actions", {"action": "start_decision"}
    assert office.post(there, begin, content_type=JSON).json()["code"] == "call_not_screened"
    workflow.perform(waiting, "screen_fail", by=desk, data={"reason": "Too short."})
    assert office.post(there, begin, content_type=JSON).json()["code"] == "call_few_reviews"
    told = office.post(there, begin | {"waive": "One fell ill."}, content_type=JSON)
    assert (told.status_code, told.json()["state"]) == (200, "deciding")


def test_the_rule_proposes_nobody_outside_knows_and_all_are_told_at_once() -> None:
    call, (best, tied, other, weak), desk = under_discussion(
        (9, 600), (7, 300), (7, 300), (3, 10), ceiling=1000, least_score=40
    )
    office, there = client_of(desk), f"{API}/calls/{call.uid}/board"
    board = office.get(there).json()
    proposed = [(line["code"], line["proposed"]) for line in board["lines"]]
    assert proposed == [("P1", "accepted"), ("P2", "tied"), ("P3", "tied"), ("P4", "declined")]
    assert board["tied"] == ["P2", "P3"]
    page = office.get(f"/calls/{call.uid}/board").content.decode()
    assert "the chair puts them in order" in page
    wrong = office.post(f"/calls/{call.uid}/board", {"what": "rank", "order": "P3, P9"})
    assert wrong.status_code == 422
    office.post(f"/calls/{call.uid}/board", {"what": "rank", "order": "p3 p2"})
    office.post(f"/calls/{call.uid}/board", {"what": "take_over", **MESSAGES})
    verdicts = [calls.fresh(one).verdict for one in (best, tied, other, weak)]
    assert verdicts == ["accept", "reserve", "accept", "decline"]
    lead = client_of(calls.lead_of(weak))
    assert "Not this time." not in lead.get(f"/proposals/{weak.uid}").content.decode()
    assert lead.get(f"{API}/proposals/{weak.uid}").json()["state"] == "discussion"
    assert lead.get(f"/calls/{call.uid}/board").status_code == 403
    office.post(f"/calls/{call.uid}/act", {"action": "announce"})
    states = [calls.fresh(one).state for one in (best, tied, other, weak)]
    assert states == ["accepted", "waitlisted", "accepted", "declined"]
    assert "Not this time." in lead.get(f"/proposals/{weak.uid}").content.decode()
    assert Notice.objects.filter(person=weak.lead, kind="alliance.proposal_decided").count() == 1


def test_a_verdict_beyond_the_ceiling_is_not_announced_and_whoever_comes_second_is_told() -> None:
    call, (one, other), desk = under_discussion((9, 600), (8, 600), ceiling=1000)
    there = f"{API}/calls/{call.uid}/board"
    office, colleague = client_of(desk), client_of(agreements.secretary())
    said = {"verdict": "accept", "message": "Welcome."}
    assert office.put(f"{there}/{one.uid}", said, content_type=JSON).status_code == 200
    late = colleague.put(f"{there}/{one.uid}", said | {"verdict": "decline"}, content_type=JSON)
    assert (late.status_code, late.json()["code"]) == (409, "verdict_changed")
    early = office.post(f"{API}/calls/{call.uid}/actions", {"action": "announce"}, content_type=JSON)
    assert early.json()["code"] == "call_not_decided"
    page = f"/calls/{call.uid}/board/{other.uid}"
    assert office.get(page).status_code == 200
    assert office.post(page, {"verdict": "accept", "message": "Welcome.", "was": ""}).status_code == 302
    dear = office.post(f"{API}/calls/{call.uid}/actions", {"action": "announce"}, content_type=JSON)
    assert dear.json()["code"] == "call_over_ceiling"


def test_nobody_decides_on_a_call_to_which_they_propose() -> None:
    call, (one,), _desk = under_discussion((9, 600))
    own = agreements.secretary()
    people.member(own, one.organisation)
    assert client_of(own).get(f"/calls/{call.uid}/board").status_code == 403
    with pytest.raises(Denied, match="own_call"):
        deciding.take_over(call, by=own, messages=MESSAGES)


def announced(*asks: tuple[int, int], **changed: Any) -> tuple[ResearchCall, list[Proposal], Person]:
    call, found, desk = under_discussion(*asks, **changed)
    deciding.take_over(call, by=desk, messages=MESSAGES)
    workflow.perform(call, "announce", by=desk)
    return calls.fresh(call), [calls.fresh(one) for one in found], desk


def test_when_an_accepted_proposal_is_withdrawn_the_waiting_list_moves_up_and_ends_after_sixty_days() -> None:
    call, (best, second, third), desk = announced((9, 600), (8, 500), (7, 600), ceiling=1000)
    assert [one.state for one in (best, second, third)] == ["accepted", "waitlisted", "waitlisted"]
    with pytest.raises(Denied, match="proposal_no_money"):
        workflow.perform(second, "move_up", by=desk)
    workflow.perform(best, "withdraw", by=calls.lead_of(best), data={"reason": "Our lead left."})
    assert [calls.fresh(one).state for one in (second, third)] == ["accepted", "waitlisted"]
    with clock.at(clock.now() + timedelta(days=61)):
        assert by_date.release(clock.now()) == 1
    assert calls.fresh(third).state == "declined"
    with pytest.raises(Denied, match="call_still_accepted"):
        workflow.perform(call, "archive", by=desk)


def test_an_award_makes_a_project_with_its_partners_people_and_pledges_linked_both_ways() -> None:
    firm, lab = people.organisation(), people.organisation(kind="university")
    agreement = agreements.active(firm, lab)
    desk = agreements.secretary()
    call = calls.opened(by=desk, reviews_each=1, agreement=agreement)
    made = judged(call, 8)
    made.partners.all().delete()
    for at, (one, brings) in enumerate(((firm, 300), (lab, 0))):
        made.partners.create(organisation=one, budget=100, brings=brings, answer="confirmed", position=at)
    Proposal.objects.filter(pk=made.pk).update(organisation=firm)
    worker = people.person()
    people.member(worker, lab)
    made.people.create(person=worker)
    calls.close(call)
    workflow.perform(call, "start_decision", by=desk)
    deciding.take_over(calls.fresh(call), by=desk, messages=MESSAGES)
    workflow.perform(call, "announce", by=desk)
    office = client_of(desk)
    assert office.post(f"/proposals/{made.uid}/act", {"action": "award"}).status_code == 302
    project = ResearchProject.objects.get()
    assert (project.origin, project.proposal.pk, project.lead_id) == ("proposal", made.pk, made.lead_id)
    roles = list(project.partners.order_by("position").values_list("organisation_id", "role", "budget"))
    assert roles == [(firm.pk, "leads", Decimal(300)), (lab.pk, "research", Decimal(0))]
    assert [one.person for one in project.members.all()] == [worker]
    assert list(Commitment.objects.values_list("donor_id", "quantity", "state")) == [
        (firm.pk, Decimal(300), "pledged")
    ]
    assert str(project.uid) in office.get(f"/proposals/{made.uid}").content.decode()
    assert str(made.uid) in office.get(f"/projects/{project.uid}").content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_announce_at_once_one_wins_and_one_is_told() -> None:
    call, _found, desk = under_discussion((9, 600))
    deciding.take_over(call, by=desk, messages=MESSAGES)
    officers = [desk, agreements.secretary()]

    def announce(officer: Person) -> str:
        try:
            return workflow.perform(call, "announce", by=officer).state
        except Denied as denied:
            return denied.refused.reason
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(announce, officers)) == ["announced", "wrong_state"]
    assert Notice.objects.filter(kind="alliance.proposal_decided", person=_found[0].lead).count() == 1


def test_sixty_proposals_and_ninety_reviewers() -> None:
    call, desk = _big(60, 90), agreements.secretary()
    seen = assigning.preview(call)
    assert (len(seen.added), seen.faults) == (120, ())
    assert max(seen.loads.values()) == 2
    own = {(one.proposal, one.reviewer) for one in seen.known.conflicts}
    assert not own & set(seen.added)
    assert len(own) > 100
    assert assigning.apply(call, by=desk, token=seen.token) == len({key for _code, key in seen.added})
    _scored(call)
    workflow.perform(call, "start_decision", by=desk)
    office = client_of(desk)
    office.get(f"/calls/{call.uid}/board")
    with CaptureQueriesContext(connection) as queries:
        assert office.get(f"/calls/{call.uid}/board").status_code == 200
    assert len(queries) <= 12
    tied = deciding.board(calls.fresh(call)).tied
    deciding.rank(call, by=desk, order=tied)
    deciding.take_over(call, by=desk, messages=MESSAGES)
    moved = workflow.perform(call, "announce", by=desk)
    given = sum(one.asked for one in call.proposals.filter(state="accepted"))
    assert moved.state == "announced"
    assert 0 <= call.ceiling - given < 100
    assert not call.proposals.filter(state="discussion").exists()


def _big(proposals: int, reviewers: int) -> ResearchCall:
    """Thirty organisations; each leads two proposals with its neighbour, and three of its people review."""
    call = calls.opened(ceiling=2000, reviews_each=2)
    homes = Organisation.objects.bulk_create(
        Organisation(slug=f"home-{n}", name_en=f"Home {n}", kind="industry", joined_on=clock.today())
        for n in range(30)
    )
    persons = Person.objects.bulk_create(
        Person(email=f"reviewer{n}@example.org", name_en=f"Reviewer {n}") for n in range(reviewers)
    )
    Membership.objects.bulk_create(
        Membership(person=one, organisation=homes[n % 30], starts_on=clock.today())
        for n, one in enumerate(persons)
    )
    CallReviewer.objects.bulk_create(
        CallReviewer(call=call, person=one, tracks=["speech"] if n % 2 else ["health"], most=2)
        for n, one in enumerate(persons)
    )
    rows = Proposal.objects.bulk_create(
        Proposal(
            call=call, organisation=homes[n % 30], number=n + 1, title_en=f"Proposal {n}",
            track="speech" if n % 3 else "health", state="under_review", submitted_at=clock.now(),
        )
        for n in range(proposals)
    )  # fmt: skip
    ProposalPartner.objects.bulk_create(
        ProposalPartner(
            proposal=one, organisation=homes[(n + part) % 30], budget=50, answer="confirmed", position=part
        )
        for n, one in enumerate(rows)
        for part in (0, 1)
    )
    return calls.close(call)


def _scored(call: ResearchCall) -> None:
    """Every review is submitted, with marks that differ."""
    Review.objects.filter(reviewer__call=call).update(state="submitted")
    items = list(call.criteria.all())
    ReviewMark.objects.bulk_create(
        ReviewMark(review=one, criterion=item, mark=(one.proposal_id * 7 + one.pk) % (item.scale + 1))
        for one in Review.objects.filter(reviewer__call=call)
        for item in items
    )
