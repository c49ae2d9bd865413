"""A guru's term from the invitation to its last day."""

from datetime import UTC, datetime, time, timedelta

import pytest

from dure.alliance.gurus import by_date, leaving
from dure.alliance.models import GuruTerm
from dure.foundation import clock, waiting, workflow
from dure.foundation.faults import Faulty
from dure.people import api as people_api
from tests.factories import agreements, people, roundtables

pytestmark = pytest.mark.django_db


def test_a_guru_is_one_after_accepting_and_until_the_last_day() -> None:
    someone = people.person(language="en")
    term = roundtables.term(someone)
    client, member = people.client_of(someone), people.representative(people.organisation())
    assert [todo.url for todo in waiting.todos(someone)] == [f"/gurus/{term.uid}"]
    assert people.client_of(member).get(f"/gurus/{term.uid}").status_code == 404
    assert client.post(f"/gurus/{term.uid}/act", {"action": "accept"}).status_code == 302
    assert someone.name_en in people.client_of(member).get("/gurus").content.decode()
    assert GuruTerm.objects.serving().get() == term
    with clock.at(datetime.combine(term.ends_on + timedelta(days=1), time(12), UTC)):
        assert not GuruTerm.objects.serving().exists()
        assert (by_date.end_all(clock.now()), by_date.end_all(clock.now())) == (1, 0)
    assert GuruTerm.objects.get().state == "ended"


def test_who_is_invited_twice_or_has_no_account_is_refused_with_all_faults_at_once() -> None:
    someone = people.person()
    roundtables.term(someone)
    with pytest.raises(Faulty) as twice:
        roundtables.term(someone)
    assert [fault.code for fault in twice.value.faults] == ["guru_already"]
    desk, today = people.client_of(agreements.secretary()), clock.today()
    body = {"email": "x@example.org", "fields": [], "starts_on": str(today), "ends_on": "2020-01-01"}
    answer = desk.post("/api/v1/gurus", body, content_type="application/json")
    codes = {fault["code"] for fault in answer.json()["faults"]}
    assert answer.status_code == 422
    assert codes == {"guru_no_field", "agreement_ends_first", "guru_ends_before_today", "guru_no_account"}


def test_a_term_ends_with_the_account_and_leaves_nothing_written_about_the_person() -> None:
    term = roundtables.guru()
    assert leaving.exported(term.person)[0]["uid"] == term.uid
    leaving.forget(people_api.AccountDeleted(person=term.person_id))
    kept = GuruTerm.objects.get()
    assert (kept.state, kept.known_for_ko, kept.known_for_en) == ("ended", "", "")


def test_the_secretariat_ends_a_term_early_with_a_reason_that_the_person_reads() -> None:
    term = roundtables.guru()
    ended = workflow.perform(term, "dismiss", by=agreements.secretary(), data={"reason": "Moved away"})
    assert (ended.state, ended.reason) == ("ended", "Moved away")
    assert "Moved away" in people.client_of(term.person).get(f"/gurus/{term.uid}").content.decode()


def test_the_secretariat_invites_on_a_page() -> None:
    someone, today = people.person(), clock.today()
    form = {"email": someone.email, "areas": ["speech", "robots"], "starts_on": today, "ends_on": today}
    answer = people.client_of(agreements.secretary()).post("/gurus/new", form)
    assert answer.status_code == 302
    assert GuruTerm.objects.get().fields == ["speech", "robots"]
