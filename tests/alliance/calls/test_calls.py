"""A call from its draft to its close, and proposals to it from a draft to the review."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dure.alliance.calls import by_date as calls_by_date
from dure.alliance.calls import editing
from dure.alliance.models import Proposal, ResearchCall
from dure.alliance.proposals import by_date, writing
from dure.foundation import clock, waiting, workflow
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.foundation.models import Notice
from tests.factories import agreements, calls, people
from tests.factories.people import client_of

pytestmark = pytest.mark.django_db
JSON = "application/json"
API = "/api/v1"


def test_the_secretariat_publishes_it_over_rest_and_it_says_all_that_is_missing() -> None:
    office, member = client_of(agreements.secretary()), people.representative(people.organisation())
    uid = office.post(f"{API}/calls", {"title_en": "Voices"}, content_type=JSON).json()["uid"]
    page = office.get(f"/calls/{uid}").content.decode()
    for words in ("Choose at least one track.", "Its rubric needs at least one item.", "how much money"):
        assert words in page
    refused = office.post(f"{API}/calls/{uid}/actions", {"action": "publish"}, content_type=JSON)
    assert (refused.status_code, refused.json()["code"]) == (403, "call_not_whole")
    assert client_of(member).get(f"/calls/{uid}").status_code == 404
    whole = calls.said() | {"closes_at": (clock.now() + timedelta(days=9)).isoformat()}
    assert office.put(f"{API}/calls/{uid}", whole, content_type=JSON).status_code == 200
    item = {"name_en": "Novelty", "weight": 3, "scale": 10}
    assert office.post(f"{API}/calls/{uid}/criteria", item, content_type=JSON).status_code == 201
    told = office.post(f"{API}/calls/{uid}/actions", {"action": "publish"}, content_type=JSON)
    assert (told.status_code, told.json()["state"]) == (200, "open")
    assert Notice.objects.filter(person=member, kind="alliance.call_opened").exists()
    assert "Novelty" in client_of(member).get(f"/calls/{uid}").content.decode()
    assert office.put(f"{API}/calls/{uid}", whole, content_type=JSON).status_code == 403


def test_what_a_call_says_wrongly_is_said_at_once() -> None:
    ended = agreements.draft()
    given = calls.said(title_ko="", title_en="", tracks=["magic"], waivable=["own"], agreement=ended)
    with pytest.raises(Faulty) as faulty:
        editing.create(by=agreements.secretary(), given=given)
    places = [fault.place for fault in faulty.value.faults]
    assert places == ["title_ko", "tracks", "waivable", "agreement"]


def test_a_proposal_is_written_together_and_submitted_only_whole() -> None:
    call = calls.opened(ceiling=100)
    firm, lab = people.organisation(), people.organisation(kind="university")
    lead, speaker = people.person(language="en"), people.representative(lab)
    people.member(lead, firm)
    boss = people.representative(firm)
    browser, there = client_of(lead), f"{API}/calls/{call.uid}/proposals"
    body = {"organisation": firm.slug, "track": "speech", "title_en": "Dementia by voice"}
    made = browser.post(there, body, content_type=JSON).json()
    uid = made["uid"]
    partners = f"{API}/proposals/{uid}/partners"
    asked = browser.post(partners, {"organisation": lab.slug, "budget": 500}, content_type=JSON)
    assert asked.status_code == 201
    page = browser.get(f"/proposals/{uid}").content.decode()
    for words in ("Write a summary", "asks for more than the call", "have not answered", "more partners"):
        assert words in page
    assert browser.post(f"/proposals/{uid}/act", {"action": "submit"}).status_code == 403
    own, other = made["partners"][0]["uid"], asked.json()["partners"][1]["uid"]
    assert [todo.title for todo in waiting.todos(speaker)] == [
        "Say whether your organisation takes part: “Dementia by voice”"
    ]
    assert browser.post(f"/proposals/{uid}/answer", {"part": other}).status_code == 403
    assert client_of(boss).post(f"/proposals/{uid}/answer", {"part": own}).status_code == 302
    client_of(speaker).post(f"{partners}/{other}/answer", {"takes_part": True}, content_type=JSON)
    browser.put(f"{partners}/{other}", {"budget": 90}, content_type=JSON)
    assert Proposal.objects.get().partners.get(uid=other).answer == "", "it had agreed to another amount"
    client_of(speaker).post(f"{partners}/{other}/answer", {"takes_part": True}, content_type=JSON)
    whole = body | {"summary_en": "In short", "text_en": "We record."}
    browser.put(f"{API}/proposals/{uid}", whole, content_type=JSON)
    worker = people.person()
    people.member(worker, lab)
    named = browser.post(f"{API}/proposals/{uid}/people", {"address": str(worker.email)}, content_type=JSON)
    assert named.status_code == 201
    stranger = {"address": str(people.person().email)}
    assert browser.post(f"{API}/proposals/{uid}/people", stranger, content_type=JSON).status_code == 422
    done = browser.post(f"{API}/proposals/{uid}/actions", {"action": "submit"}, content_type=JSON).json()
    assert (done["state"], done["number"], done["revision"]) == ("submitted", 1, 1)
    frozen = browser.get(f"{API}/proposals/{uid}/revisions/1").json()["content"]
    assert [one["budget"] for one in frozen["partners"]] == [0, 90]
    assert browser.get(f"/proposals/{uid}/revisions/1").status_code == 200
    assert browser.post(f"/proposals/{uid}/act", {"action": "revert"}).status_code == 302
    assert calls.fresh(Proposal.objects.get()).submitted_at is None


def test_a_partner_that_refuses_does_not_see_it_any_more() -> None:
    call, firm, lab = calls.opened(), people.organisation(), people.organisation()
    made = calls.proposed(call, firm)
    asked = writing.add_partner(made, by=calls.lead_of(made), given={"organisation": lab, "budget": 1})
    speaker = client_of(people.representative(lab))
    assert speaker.get(f"/proposals/{made.uid}").status_code == 200
    left = speaker.post(f"/proposals/{made.uid}/answer", {"part": str(asked.uid), "refuse": "1"})
    assert left.status_code == 302
    assert speaker.get(f"/proposals/{made.uid}").status_code == 404
    assert "Dementia" not in speaker.get("/proposals").content.decode()


def test_rivals_the_secretariat_and_auditors_do_not_know_of_a_draft() -> None:
    call = calls.opened()
    made = calls.proposed(call)
    rival = people.representative(people.organisation())
    desk, auditor = agreements.secretary(), people.person(roles=["auditor"])
    for reader in (rival, desk, auditor):
        assert client_of(reader).get(f"/proposals/{made.uid}").status_code == 404
        assert "Dementia" not in client_of(reader).get(f"/calls/{call.uid}/proposals").content.decode()
    workflow.perform(made, "submit", by=calls.lead_of(made))
    seen = [client_of(reader).get(f"/proposals/{made.uid}").status_code for reader in (rival, desk, auditor)]
    assert seen == [404, 200, 200]
    assert client_of(rival).get(f"{API}/calls/{call.uid}/proposals").json()["count"] == 0


def test_nobody_of_the_secretariat_screens_a_proposal_of_their_own_organisation() -> None:
    firm = people.organisation()
    made = calls.submitted(calls.opened(), firm, people.organisation())
    own, other = agreements.secretary(), agreements.secretary()
    people.member(own, firm)
    with pytest.raises(Denied) as denied:
        workflow.perform(made, "screen_pass", by=own)
    assert denied.value.refused.reason == "own_proposal"
    firm.left_on = clock.today()
    firm.save()
    with pytest.raises(Denied) as denied:
        workflow.perform(made, "screen_pass", by=other)
    assert denied.value.refused.reason == "proposal_not_eligible"
    failed = workflow.perform(made, "screen_fail", by=other, data={"reason": "No member any more."})
    assert failed.state == "declined"


def test_at_the_deadline_the_call_closes_and_drafts_lapse_and_an_unanswered_question_later() -> None:
    call = calls.opened()
    draft, sent = calls.proposed(call), calls.submitted(call)
    assert call.closes_at is not None
    later = call.closes_at + timedelta(days=1)
    workflow.perform(call, "extend", by=agreements.secretary(), data={"until": later})
    with clock.at(call.closes_at):
        assert calls_by_date.close(clock.now()) == 0
    with clock.at(later):
        assert (calls_by_date.close(clock.now()), calls_by_date.close(clock.now())) == (1, 0)
        assert [calls.fresh(one).state for one in (call, draft, sent)] == [
            "reviewing",
            "withdrawn",
            "submitted",
        ]
        desk = agreements.secretary()
        workflow.perform(sent, "screen_pass", by=desk)
        until = clock.today() + timedelta(days=3)
        workflow.perform(sent, "ask", by=desk, data={"question": "Which data?", "until": until})
        assert by_date.lapse(clock.now()) == 0
    with clock.at(later + timedelta(days=5)):
        assert by_date.lapse(clock.now()) == 1
    assert calls.fresh(sent).state == "declined"
    assert Notice.objects.filter(person=draft.lead, kind="alliance.proposal_lapsed").exists()


def test_a_question_is_answered_with_the_next_revision_and_partners_stay() -> None:
    call = calls.opened()
    sent, desk = calls.submitted(call), agreements.secretary()
    workflow.perform(sent, "screen_pass", by=desk)
    until = clock.today() + timedelta(days=3)
    workflow.perform(sent, "ask", by=desk, data={"question": "Which data?", "until": until})
    lead = client_of(calls.lead_of(sent))
    there = f"{API}/proposals/{sent.uid}"
    refused = lead.post(f"{there}/partners", {"organisation": people.organisation().slug}, content_type=JSON)
    assert refused.json()["code"] == "proposal_only_words"
    lead.put(there, calls.words(text_en="Our own data."), content_type=JSON)
    lead.post(f"{there}/actions", {"action": "resubmit"}, content_type=JSON)
    texts = [row.content["text_en"] for row in sent.revisions.order_by("number")]
    assert texts == ["We record and compare.", "Our own data."]


def test_a_cancelled_call_ends_its_proposals_in_one_go() -> None:
    call = calls.opened()
    draft, sent = calls.proposed(call), calls.submitted(call)
    desk = agreements.secretary()
    client_of(desk).post(f"/calls/{call.uid}/act", {"action": "cancel", "reason": "No money."})
    assert [calls.fresh(one).state for one in (call, draft, sent)] == ["cancelled", "declined", "declined"]
    assert calls.fresh(sent).reason == "No money."


def test_pages_ask_the_same_however_many_proposals_there_are() -> None:
    call, desk = calls.opened(), agreements.secretary()
    made = calls.submitted(call)
    reader = client_of(desk)

    def asked() -> list[int]:
        counts = []
        for path in (
            "/calls",
            f"/calls/{call.uid}",
            f"/calls/{call.uid}/proposals",
            f"/proposals/{made.uid}",
        ):
            reader.get(path)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert reader.get(path).status_code == 200
            counts.append(len(queries))
        return counts

    few = asked()
    ResearchCall.objects.bulk_create(ResearchCall(title_en=f"C{n}") for n in range(30))
    Proposal.objects.bulk_create(
        Proposal(
            call=call, organisation=made.organisation, track="speech", title_en=f"P{n}", number=n,
            state="submitted", submitted_at=clock.now(),
        )
        for n in range(2, 32)
    )  # fmt: skip
    assert asked() == few
    assert max(few) <= 12
