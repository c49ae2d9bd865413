"""Reviewers, their conflicts of interest, the assignment, and reviews with their marks."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dure.alliance.models import CallReviewer, Proposal, ResearchCall, Review, ReviewConflict
from dure.alliance.reviews import by_date, conflicts, leaving, pool, scoring
from dure.foundation import clock, waiting, workflow
from dure.foundation.access import SYSTEM
from dure.foundation.faults import Faulty
from dure.foundation.models import Notice
from tests.factories import agreements, calls, people, projects, roundtables
from tests.factories.people import client_of

pytestmark = pytest.mark.django_db
JSON = "application/json"
API = "/api/v1"


def seen_by(person: Any) -> str:
    """Everything that a reviewer's screens, lists, counts, to-dos and exports say."""
    browser = client_of(person)
    paths = [
        f"/calls/{call.uid}{part}"
        for call in ResearchCall.objects.all()
        for part in ("", "/proposals", "/reviews")
    ]
    answers = [browser.get(path) for path in ("/reviews", "/proposals", f"{API}/reviews", *paths)]
    answers += [browser.get(f"{API}{path}") for path in paths]
    answers += [browser.get("/search", {"q": "voice"}), browser.get("/notices")]
    told = [one.title for one in waiting.todos(person)]
    return (
        "".join(answer.content.decode() for answer in answers) + repr(told) + repr(leaving.exported(person))
    )


def in_review(*, reviewers: int = 2, **changed: Any) -> tuple[Proposal, list[CallReviewer]]:
    """A proposal that is screened, with a pool of people who know speech; the call has closed."""
    desk = agreements.secretary()
    call = calls.opened(by=desk, **changed)
    made = calls.submitted(call)
    found = [pooled(call, people.person(language="en"), by=desk) for _ in range(reviewers)]
    calls.close(call)
    workflow.perform(made, "screen_pass", by=desk)
    return calls.fresh(made), found


def pooled(call: ResearchCall, person: Any, *, by: Any = None, most: int = 6) -> CallReviewer:
    given = {"address": str(person.email), "tracks": ["speech"], "least": 0, "most": most}
    return pool.add(call, by=by or agreements.secretary(), given=given)


def test_reviewers_are_assigned_after_a_look_and_score_by_the_rubric() -> None:
    made, reviewers = in_review()
    office, there = client_of(agreements.secretary()), f"{API}/calls/{made.call.uid}"
    looked = office.post(f"{there}/assignment", {}, content_type=JSON).json()
    assert (len(looked["added"]), looked["faults"], Review.objects.count()) == (2, [], 0)
    assert "New reviews" in office.get(f"/calls/{made.call.uid}/assignment").content.decode()
    stale = office.post(f"{there}/assignment", {"token": "0" * 64}, content_type=JSON)
    assert (stale.status_code, stale.json()["code"]) == (409, "assignment_changed")
    done = office.post(f"{there}/assignment", {"token": looked["token"]}, content_type=JSON).json()
    assert done["applied"]
    reviewer = reviewers[0].person
    assert Notice.objects.filter(person=reviewer, kind="alliance.review_invited").count() == 1
    browser = client_of(reviewer)
    uid = browser.get(f"{API}/reviews").json()["items"][0]["uid"]
    invited = browser.get(f"{API}/reviews/{uid}").json()
    assert "text_en" not in invited["said"], "the text is read once nothing keeps them from it"
    assert browser.get(f"/proposals/{made.uid}").status_code == 404
    refused = browser.post(f"{API}/reviews/{uid}/actions", {"action": "accept"}, content_type=JSON)
    assert refused.json()["code"] == "review_not_declared"
    assert browser.post(f"/reviews/{uid}/act", {"action": "accept", "no_conflict": "on"}).status_code == 302
    assert browser.get(f"/proposals/{made.uid}").status_code == 200
    assert browser.post(f"/reviews/{uid}/act", {"action": "submit"}).status_code == 403
    items = list(made.call.criteria.all())
    wrong = browser.post(f"/reviews/{uid}", {f"mark_{items[0].uid}": "6"})
    assert wrong.status_code == 422
    marks = [{"criterion": str(one.uid), "mark": mark} for one, mark in zip(items, (4, 7), strict=True)]
    browser.put(f"{API}/reviews/{uid}", {"marks": marks, "comment": "Sound."}, content_type=JSON)
    browser.post(f"/reviews/{uid}/act", {"action": "submit"})
    assert Review.objects.get(uid=uid).state == "submitted"
    mean = scoring.summaries(made.call)[made.pk].mean
    assert mean == Fraction(4 * 2 * 2 + 7, 30) * 100, "80 of 100 with weight 2, 70 with weight 1"
    assert browser.put(f"{API}/reviews/{uid}", {"marks": marks}, content_type=JSON).status_code == 403


def test_a_conflict_found_later_hides_the_proposal_on_every_surface() -> None:
    made, reviewers = in_review(reviewers=1, reviews_each=1)
    person, lab = reviewers[0].person, made.all_partners[0].organisation
    untouched = seen_by(person)
    assert "Dementia" not in untouched
    review = made.reviews.create(reviewer=reviewers[0], due_on=clock.today(), state="invited")
    assert "Dementia" in seen_by(person)
    workflow.perform(review, "accept", by=person, data={"no_conflict": True})
    assert "We record and compare." in client_of(person).get(f"/proposals/{made.uid}").content.decode()
    people.member(person, lab)
    conflicts.refresh_of(person.pk)
    said = seen_by(person)
    assert "Dementia" not in said
    assert '"count": 0' in client_of(person).get(f"{API}/reviews").content.decode()
    for path in (f"/proposals/{made.uid}", f"/reviews/{review.uid}", f"{API}/proposals/{made.uid}"):
        assert client_of(person).get(path).status_code == 404
    gone = client_of(person).post(f"/reviews/{review.uid}/act", {"action": "decline", "reason": "x"})
    assert gone.status_code == 404
    desk = agreements.secretary()
    conflict = ReviewConflict.objects.get(kind="organisation")
    conflicts.waive(made, reviewers[0], kind=conflict.kind, by=desk, reason="Another department.")
    assert client_of(person).get(f"/reviews/{review.uid}").status_code == 200


def test_every_kind_of_conflict_is_found_and_what_cannot_be_waived_is_not() -> None:
    made, _reviewers = in_review(reviewers=0)
    desk, call, lead = agreements.secretary(), made.call, calls.lead_of(made)
    ResearchCall.objects.filter(pk=call.pk).update(state="open")
    firm, partner = (one.organisation for one in made.all_partners)
    inside, left, worked, told = (people.person(language="en") for _ in range(4))
    people.member(inside, partner)
    people.member(left, firm, ends_on=clock.today() - timedelta(days=200))
    together = projects.started(lead=lead)
    together.members.create(person=worked, role="researcher", since=date(2026, 1, 2))
    pooled_by = [pooled(calls.fresh(call), one, by=desk) for one in (inside, left, worked, told, lead)]
    given = {"organisation": None, "address": str(lead.email), "is_advisor": True, "note": ""}
    conflicts.declare(pooled_by[3], by=told, given=given)
    found = set(ReviewConflict.objects.values_list("reviewer__person_id", "kind"))
    expected = {
        (inside.pk, "organisation"),
        (left.pk, "former_organisation"),
        (worked.pk, "project"),
        (told.pk, "advisor"),
        (lead.pk, "own"),
        (lead.pk, "organisation"),
    }
    assert found == expected
    page = client_of(desk).get(f"/calls/{call.uid}/conflicts").content.decode()
    assert "Advised" in page
    with pytest.raises(Faulty) as faulty:
        conflicts.waive(made, pooled_by[3], kind="advisor", by=desk, reason="")
    assert [one.code for one in faulty.value.faults] == ["review_waiver_reason", "review_waiver_refused"]


def test_a_table_is_read_before_it_is_done_with_every_fault_at_its_place() -> None:
    made, reviewers = in_review()
    office, there = client_of(agreements.secretary()), f"{API}/calls/{made.call.uid}/assignment"
    own = calls.lead_of(made)
    ResearchCall.objects.filter(pk=made.call.pk).update(state="open")
    pooled(calls.fresh(made.call), own)
    ResearchCall.objects.filter(pk=made.call.pk).update(state="reviewing")
    table = f"proposal,reviewer,action\nP1,{own.email},\nP9,{reviewers[0].person.email},assign\nP1,no@b.example,drop\n"
    faults = office.post(there, {"table": table}, content_type=JSON).json()["faults"]
    found = {(one["code"], one["row"], one["column"]) for one in faults}
    assert found >= {
        ("review_conflict", 2, "reviewer"),
        ("review_proposal_unknown", 3, "proposal"),
        ("review_reviewer_unknown", 4, "reviewer"),
        ("review_action_unknown", 4, "action"),
    }
    right = f"proposal,reviewer,action\nP1,{reviewers[0].person.email},\n"
    page = f"/calls/{made.call.uid}/assignment"
    looked = office.post(page, {"table": right}).content.decode()
    assert "would have 1 reviews instead of 2" in looked
    token = office.post(there, {"table": right}, content_type=JSON).json()["token"]
    assert office.post(page, {"table": right, "apply": token}).status_code == 302
    assert Review.objects.get().reviewer == reviewers[0]
    file = office.get(f"{page}/file").content.decode("utf-8-sig")
    assert file.splitlines()[1] == f"P1,{reviewers[0].person.email},assign"
    back = office.post(
        there,
        {"table": f"proposal,reviewer,action\nP1,{reviewers[0].person.email},remove\n"},
        content_type=JSON,
    ).json()
    assert len(back["removed"]) == 1


def test_who_recuses_themselves_is_never_asked_again_and_too_few_are_named() -> None:
    made, reviewers = in_review()
    desk = agreements.secretary()
    review = made.reviews.create(reviewer=reviewers[0], due_on=clock.today())
    person = reviewers[0].person
    left = client_of(person).post(f"/reviews/{review.uid}/act", {"action": "recuse", "reason": "My cousin."})
    assert left.status_code == 302
    assert "Dementia" not in seen_by(person)
    office = client_of(desk).post(f"{API}/calls/{made.call.uid}/assignment", {}, content_type=JSON).json()
    assert [(one["code"], one["place"]) for one in office["faults"]] == [("review_too_few_free", "P1")]


def test_reviewers_are_reminded_and_a_review_lapses_a_week_after_its_day() -> None:
    made, reviewers = in_review()
    review = made.reviews.create(reviewer=reviewers[0], due_on=clock.today() + timedelta(days=10))
    assert (by_date.remind(clock.now()), by_date.remind(clock.now())) == (1, 0)
    with clock.at(clock.now() + timedelta(days=17)):
        assert by_date.lapse(clock.now()) == 0
    with clock.at(clock.now() + timedelta(days=18)):
        assert by_date.lapse(clock.now()) == 1
    assert calls.fresh(review).state == "lapsed"


def test_gurus_are_added_with_their_tracks_and_a_withdrawn_proposal_ends_its_reviews() -> None:
    made, reviewers = in_review()
    guru = roundtables.guru()
    office = client_of(agreements.secretary())
    office.post(f"/calls/{made.call.uid}/reviewers", {"what": "gurus"})
    assert CallReviewer.objects.get(person=guru.person).tracks == ["language", "speech"]
    review = made.reviews.create(reviewer=reviewers[0], due_on=clock.today())
    workflow.perform(made, "withdraw", by=calls.lead_of(made), data={"reason": "We have no time."})
    assert calls.fresh(review).state == "lapsed"
    assert "Dementia" not in seen_by(reviewers[0].person)


def test_nobody_of_the_secretariat_reads_reviews_of_a_proposal_of_their_own() -> None:
    made, reviewers = in_review()
    review = made.reviews.create(reviewer=reviewers[0], due_on=clock.today(), comment="Weak.")
    own = agreements.secretary()
    people.member(own, made.organisation)
    page = client_of(own).get(f"/calls/{made.call.uid}/reviews").content.decode()
    assert "Dementia" not in page
    assert client_of(own).get(f"/reviews/{review.uid}").status_code == 404
    assert client_of(agreements.secretary()).get(f"/reviews/{review.uid}").status_code == 200
    assert workflow.decide(review, "cancel", by=SYSTEM)


def test_pages_of_reviews_ask_the_same_however_many_there_are() -> None:
    made, reviewers = in_review()
    review = made.reviews.create(reviewer=reviewers[0], due_on=clock.today(), state="accepted")
    made.conflicts.create(reviewer=reviewers[1], kind="declared", code="conflict_declared_proposal")
    call, office, own = made.call, client_of(agreements.secretary()), client_of(reviewers[0].person)

    def asked() -> list[int]:
        counts = []
        for browser, path in (
            (own, "/reviews"), (own, f"/reviews/{review.uid}"), (own, f"/calls/{call.uid}/ties"),
            (office, f"/calls/{call.uid}/reviewers"), (office, f"/calls/{call.uid}/reviews"),
            (office, f"/calls/{call.uid}/conflicts"),
        ):  # fmt: skip
            browser.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(path).status_code == 200
            counts.append(len(queries))
        return counts

    few = asked()
    for number in range(2, 22):
        one = Proposal.objects.create(
            call=call, organisation=made.organisation, track="speech", title_en="P", number=number
        )
        one.reviews.create(reviewer=reviewers[0], due_on=clock.today())
        one.conflicts.create(reviewer=reviewers[1], kind="declared", code="conflict_declared_proposal")
    assert asked() == few
    assert max(few) <= 12
