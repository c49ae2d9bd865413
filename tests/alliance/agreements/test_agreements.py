"""An agreement from the draft to its end, over pages and REST."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from dure.alliance.agreements import by_date, drafting, moving
from dure.alliance.agreements.content import of_json
from dure.alliance.models import Agreement, AgreementRevision
from dure.foundation import clock, waiting, workflow
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.foundation.models import Notice
from dure.people import api as people_api
from tests.factories import agreements, people
from tests.factories.people import PASSWORD, client_of

pytestmark = pytest.mark.django_db
JSON = "application/json"


def rep(agreement: Agreement, at: int = 0) -> Any:
    return agreements.representative_of(agreement.standing[at].organisation)


def code(act: Any) -> str:
    with pytest.raises(Denied) as denied:
        act()
    return denied.value.refused.reason


def noon(day: Any) -> datetime:
    return datetime.combine(day, time(12), UTC)


def form_of(*between: Any, **changed: Any) -> dict[str, Any]:
    first = clock.today()
    return {
        "kind": "mou", "title_ko": "협약", "title_en": "An agreement", "authoritative": "both", "cooperation": ["talent"],
        "organisations": [one.pk for one in between], "effective_from": first, "effective_to": first + timedelta(days=400),
        "notice_days": 30, "articles_ko": "# 목적\n함께", "articles_en": "# Purpose\nTogether", **changed,
    }  # fmt: skip


def test_a_representative_drafts_over_pages_and_each_change_is_a_revision_that_nobody_can_alter() -> None:
    ours, theirs = people.organisation(), people.organisation()
    client = client_of(people.representative(ours))
    refused = client.post("/agreements/new", form_of(theirs, people.organisation()))
    assert refused.status_code == 422
    assert "must be one of the parties" in refused.content.decode()
    client.post("/agreements/new", form_of(ours, theirs))
    made = Agreement.objects.get()
    for words in ("함께 연구", "함께 연구"):
        client.post(f"/agreements/{made.uid}/edit", form_of(ours, theirs, articles_ko=f"# 목적\n{words}"))
    paid = {"due_on": clock.today(), "amount": "100.50", "currency": "KRW"}
    uids = {"payer": str(ours.uid), "payee": str(theirs.uid)}
    said = {f"pay-{name}": value for name, value in (paid | uids).items()}
    assert client.post(f"/agreements/{made.uid}/payments", said).status_code == 422
    client.post(f"/agreements/{made.uid}/payments", said | {"pay-amount": "100"})
    assert [one.number for one in made.revisions.all()] == [3, 2, 1]
    page = client.get(f"/agreements/{made.uid}/revisions/2").content.decode()
    assert "<ins>+ 함께 연구</ins>" in page
    assert "100 KRW" in client.get(f"/agreements/{made.uid}").content.decode()
    with pytest.raises(DatabaseError), transaction.atomic():
        AgreementRevision.objects.update(sha256="0" * 64)


def test_a_draft_is_known_to_its_representatives_and_the_secretariat_alone() -> None:
    made = agreements.draft()
    inside = people.person(language="en")
    people.member(inside, made.standing[0].organisation)
    rival = people.representative(people.organisation())
    auditor = people.person(roles=["auditor"])
    for outsider in (inside, rival, auditor):
        assert client_of(outsider).get(f"/agreements/{made.uid}").status_code == 404
        assert made.title_en not in client_of(outsider).get("/agreements").content.decode()
        slug = made.standing[0].organisation.slug
        assert str(made.uid) not in client_of(outsider).get(f"/organisations/{slug}").content.decode()
    assert client_of(rep(made)).get(f"/agreements/{made.uid}").status_code == 200
    slug = made.standing[0].organisation.slug
    assert str(made.uid) in client_of(rep(made)).get(f"/organisations/{slug}").content.decode()


def test_in_force_its_people_and_auditors_read_it_and_of_a_public_one_all_know_the_title() -> None:
    made = agreements.active(is_public=True)
    inside, stranger = people.person(language="en"), people.person(language="en")
    people.member(inside, made.standing[0].organisation)
    for reader in (inside, people.person(roles=["auditor"], language="en")):
        assert (
            "They do research together." in client_of(reader).get(f"/agreements/{made.uid}").content.decode()
        )
    page = client_of(stranger).get(f"/agreements/{made.uid}").content.decode()
    assert made.title_en in page
    assert "They do research together." not in page
    assert client_of(stranger).get(f"/api/v1/agreements/{made.uid}").status_code == 404
    listed = client_of(stranger).get("/api/v1/agreements").json()["items"]
    assert [(one["title_en"], one["is_whole"]) for one in listed] == [(made.title_en, False)]


def test_it_is_sent_round_only_when_whole_and_signed_only_when_all_approved_the_same_hash() -> None:
    made = agreements.draft(cooperation=(), articles=())
    desk = agreements.secretary()
    assert code(lambda: workflow.perform(made, "circulate", by=desk)) == "agreement_no_field"
    assert code(lambda: workflow.perform(made, "circulate", by=rep(made))) == "not_secretariat"
    made = agreements.circulated()
    first = rep(made)
    assert [todo.url for todo in waiting.todos(first)] == [f"/agreements/{made.uid}"]
    old = {"sha256": "0" * 64}
    assert code(lambda: workflow.perform(made, "approve", by=first, data=old)) == "another_revision"
    said = {"action": "approve", "sha256": made.revision.sha256, "has_read": "on"}
    for _twice in range(2):
        client_of(first).post(f"/agreements/{made.uid}/act", said)
    assert made.revision.approvals.count() == 1
    assert list(waiting.todos(first)) == []
    assert code(lambda: workflow.perform(made, "open_signing", by=desk)) == "agreement_not_approved"
    workflow.perform(made, "approve", by=rep(made, 1), data={"sha256": made.revision.sha256})
    assert [todo.url for todo in waiting.todos(desk)] == [f"/agreements/{made.uid}"]
    assert workflow.perform(made, "open_signing", by=desk).state == "signing"


def test_a_refusal_brings_it_back_to_drafting_and_voids_every_approval() -> None:
    made = agreements.in_signing()
    answer = client_of(rep(made)).post(
        f"/agreements/{made.uid}/act", {"action": "reopen", "reason": "The term is too long."}
    )
    assert answer.status_code == 302
    made = Agreement.objects.get(pk=made.pk)
    assert (made.state, made.revision.approvals.filter(voided_at=None).count()) == ("draft", 0)
    assert (
        "The term is too long."
        in client_of(rep(made, 1)).get(f"/agreements/{made.uid}/discussion").content.decode()
    )


def test_one_signs_here_only_after_proving_again_who_one_is() -> None:
    made = agreements.in_signing(effective_from=clock.today() + timedelta(days=3))
    signer, party = rep(made), made.standing[0]
    signer.set_password(PASSWORD)
    signer.save()
    client, there = client_of(signer), f"/agreements/{made.uid}/parties/{party.uid}"
    said = {"here-sha256": made.revision.sha256, "here-is_meant": "on"}
    assert client.post(f"{there}/sign", said).headers["Location"] == f"{there}/prove"
    assert made.revision.signatures.count() == 0
    asked = client.get(f"{there}/prove")
    client.post(asked.headers["Location"], {"password": PASSWORD})
    stale = client.post(f"{there}/sign", said | {"here-sha256": "0" * 64})
    assert stale.status_code == 403
    client.post(f"{there}/sign", said)
    signed = made.revision.signatures.get()
    assert (signed.by, signed.method, signed.sha256) == (signer, "password", made.revision.sha256)
    assert Agreement.objects.get(pk=made.pk).state == "signing"


def test_a_signed_pdf_is_bound_to_the_hash_and_the_last_signature_brings_it_into_force() -> None:
    made = agreements.in_signing()
    first, second = (rep(made, at) for at in (0, 1))
    there = [f"/agreements/{made.uid}/parties/{party.uid}/sign" for party in made.standing]
    sha256 = made.revision.sha256
    for content, status in ((b"a word file", 422), (b"%PDF-1.7 signed", 302)):
        file = SimpleUploadedFile("signed.pdf", content)
        assert client_of(first).post(there[0], {"file": file, "sha256": sha256}).status_code == status
    assert client_of(first).post(there[1], {"sha256": sha256}).status_code == 403
    second.set_password(PASSWORD)
    second.save()
    rest = f"/api/v1/agreements/{made.uid}/parties/{made.standing[1].uid}/signature"
    wrong = client_of(second).post(rest, {"sha256": sha256, "password": "wrong"}, content_type=JSON)
    assert wrong.json()["code"] == "wrong_password"
    answer = client_of(second).post(rest, {"sha256": sha256, "password": PASSWORD}, content_type=JSON)
    assert answer.json()["state"] == "active", answer.content
    signature = made.revision.signatures.get(method="file")
    kept: Any = client_of(second).get(f"/agreements/{made.uid}/signatures/{signature.uid}")
    assert b"".join(kept.streaming_content) == b"%PDF-1.7 signed"


def test_it_comes_into_force_on_its_first_day_and_its_parties_become_a_circle() -> None:
    first = clock.today() + timedelta(days=3)
    made = agreements.sign(agreements.in_signing(effective_from=first))
    assert by_date.begin(clock.now()) == 0
    with clock.at(noon(first)):
        assert by_date.begin(clock.now()) == 1
        assert by_date.begin(clock.now()) == 0
    made = Agreement.objects.get(pk=made.pk)
    assert made.circle is not None
    inside = set(people_api.circle_organisations(made.circle))
    assert inside == {party.organisation for party in made.standing}


def test_one_party_leaves_and_the_others_go_on_until_two_are_too_few() -> None:
    made = agreements.active(*(people.organisation() for _ in range(3)))
    gone, by = made.standing[0], rep(made)
    assert code(lambda: workflow.perform(made, "terminate", by=by, data={"reason": "r"})) == "leave_instead"
    client_of(by).post(f"/agreements/{made.uid}/parties/{gone.uid}/leave", {"reason": "We merge."})
    made = Agreement.objects.get(pk=made.pk)
    assert made.state == "active"
    assert made.circle is not None
    assert gone.organisation not in set(people_api.circle_organisations(made.circle))
    assert made.circle.pk not in set(people_api.circles_of(by))
    assert client_of(by).get(f"/agreements/{made.uid}").status_code == 404
    moved = moving.leave(made, made.standing[0], by=rep(made), reason="So do we.")
    assert (moved.state, moved.reason) == ("terminated", moving.TOO_FEW)
    made.circle.refresh_from_db()
    assert made.circle.closed_at is not None


def test_its_end_is_announced_three_times_and_then_it_runs_out() -> None:
    made = agreements.active()
    assert made.effective_to is not None
    for days in (90, 89, 30, 29, 7, 1):
        with clock.at(noon(made.effective_to - timedelta(days=days))):
            by_date.remind(clock.now())
            by_date.remind(clock.now())
    told = Notice.objects.filter(kind="alliance.agreement_ending", person=rep(made))
    assert told.count() == 3
    assert Agreement.objects.get(pk=made.pk).state == "expiring"
    with clock.at(noon(made.effective_to)):
        assert by_date.expire(clock.now()) == 0
    with clock.at(noon(made.effective_to + timedelta(days=1))):
        assert by_date.expire(clock.now()) == 1
        assert by_date.expire(clock.now()) == 0
    assert Agreement.objects.get(pk=made.pk).state == "expired"


def test_an_amendment_by_all_parties_adds_a_party_and_moves_the_last_day() -> None:
    made, desk, joins = agreements.active(), agreements.secretary(), people.organisation()
    assert made.effective_to is not None
    later = made.effective_to + timedelta(days=400)
    with clock.at(noon(made.effective_to - timedelta(days=20))):
        by_date.remind(clock.now())
        change = drafting.amend(made, by=desk)
        assert code(lambda: drafting.amend(made, by=desk)) == "amendment_open"
        text = of_json(change.revision.content).with_changes(
            articles=(agreements.ARTICLE,), effective_from=clock.today(), effective_to=later
        )
        between = [party.organisation for party in made.standing]
        with pytest.raises(Faulty, match="amendment_drops_party"):
            drafting.edit(change, by=desk, content=text, organisations=[between[0], joins])
        change = drafting.edit(change, by=desk, content=text, organisations=[*between, joins])
        agreements.sign(agreements.to_signing(Agreement.objects.get(pk=change.pk)))
        made = Agreement.objects.get(pk=made.pk)
        assert (made.state, made.version, made.effective_to) == ("active", 2, later)
        assert [party.organisation for party in made.standing] == [*between, joins]
        assert made.circle is not None
        assert joins in set(people_api.circle_organisations(made.circle))
        workflow.perform(made, "terminate", by=desk, data={"reason": "It is done."})
    assert Agreement.objects.get(pk=change.pk).state == "expired"


def test_a_successor_takes_its_place() -> None:
    made, desk = agreements.active(), agreements.secretary()
    client_of(desk).post(f"/agreements/{made.uid}/follow", {"what": "renew"})
    successor = Agreement.objects.get(renews=made)
    agreements.sign(agreements.to_signing(successor))
    states = [Agreement.objects.get(pk=one.pk).state for one in (made, successor)]
    assert states == ["superseded", "active"]


def test_rest_drafts_the_same_and_names_all_faults() -> None:
    ours, theirs = people.organisation(), people.organisation()
    client = client_of(people.representative(ours))
    body: dict[str, Any] = {
        "kind": "research", "title_ko": "공동 연구", "authoritative": "ko", "effective_from": "2027-01-01",
        "cooperation": ["basic_technology"], "articles": [{"heading_ko": "목적", "text_ko": "함께"}],
        "parties": [ours.slug, theirs.slug],
        "payments": [
            {"due_on": "2027-03-01", "amount": "10.25", "currency": "CAD", "payer": ours.slug, "payee": theirs.slug}
        ],
    }  # fmt: skip
    wrong = client.post("/api/v1/agreements", body | {"parties": [ours.slug, "none"]}, content_type=JSON)
    assert {fault["code"] for fault in wrong.json()["faults"]} == {"agreement_unknown_party"}
    made = client.post("/api/v1/agreements", body, content_type=JSON)
    assert made.status_code == 201, made.content
    assert made.json()["content"]["payments"][0]["amount"] == "10.25"
    uid = made.json()["uid"]
    assert (
        client.post(f"/api/v1/agreements/{uid}/comments", {"body": "Good."}, content_type=JSON).status_code
        == 201
    )
    assert (
        client.post(
            f"/api/v1/agreements/{uid}/actions", {"action": "circulate"}, content_type=JSON
        ).status_code
        == 403
    )


def test_its_pages_ask_few_queries() -> None:
    made = agreements.in_signing(*(people.organisation() for _ in range(5)))
    for reader in (rep(made), agreements.secretary()):
        client = client_of(reader)
        for path in ("", "/revisions", "/revisions/1", "/discussion"):
            client.get(f"/agreements/{made.uid}{path}")
            with CaptureQueriesContext(connection) as seen:
                assert client.get(f"/agreements/{made.uid}{path}").status_code == 200
            assert len(seen) <= 12, [one["sql"][:150] for one in seen.captured_queries]
