"""A host asks owners for their rows: what must be settled before the opening, and what an owner's no does after it."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dure.engines.faults import Faulty
from dure.foundation import workflow
from dure.foundation.access import Denied
from dure.people.models import Person
from dure.problems import readiness, rules
from dure.problems.actions import hidden, leaks, preparing, rescores
from dure.problems.actions import sites as actions
from dure.problems.models import Challenge, Submission
from dure.problems.sites import following
from tests.cli.submitter import _application, token_of  # noqa: F401 - a fixture
from tests.factories.code import handed
from tests.factories.people import client_of
from tests.factories.problems import begun_challenge, entered
from tests.factories.sites import LEARNS, Ground, joined, sited_challenge

pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.packages,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_application"),
]


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    return joined(tmp_path / "one", rows=60)


def host_of(challenge: Challenge) -> Person:
    host = challenge.problem.curator
    assert host is not None
    return host


def fresh(challenge: Challenge) -> Challenge:
    return Challenge.objects.get(pk=challenge.pk)


def everywhere(ground: Ground) -> None:
    assert ground.say("run", "--once") == 0
    following.advance_all()


def test_it_opens_only_when_every_owner_has_answered(ground: Ground) -> None:
    challenge = sited_challenge([ground], is_open=False)
    host = host_of(challenge)
    with pytest.raises(Denied):
        workflow.perform(challenge, "open", by=host)
    assert ground.say("approve", ground.asked(), "--yes") == 0
    assert readiness.missing(fresh(challenge)) == []
    assert fresh(challenge).answers is not None


def test_what_changes_after_a_yes_is_a_question_again(ground: Ground) -> None:
    challenge = sited_challenge([ground], is_open=False)
    host = host_of(challenge)
    assert ground.say("approve", ground.asked(), "--yes") == 0
    preparing.choose_metric(by=host, challenge=fresh(challenge), metric="rmse")
    assert ground.dataset.uses.get().state == "asked"
    assert fresh(challenge).answers is None
    assert ground.say("approve", ground.asked(), "--yes") == 0
    assert fresh(challenge).answers is not None


def test_answers_that_do_not_fit_are_not_allowed_by_mistake(
    ground: Ground, capsys: pytest.CaptureFixture[str]
) -> None:
    challenge = sited_challenge([ground], is_open=False)
    schema = fresh(challenge).schema
    schema["truth"][0]["name"] = "other"
    preparing.set_schema(by=host_of(challenge), challenge=fresh(challenge), schema=schema)
    assert ground.say("approve", ground.asked(), "--yes") == 1
    assert "answers_column_missing" in capsys.readouterr().err


def test_a_code_that_nobody_gave_away_asks_nobody(ground: Ground) -> None:
    challenge, host = begun_challenge()
    with pytest.raises(Denied, match="not_at_sites"):
        actions.ask(by=host, challenge=challenge, code="x")
    Challenge.objects.update(takes="sites")
    for code in ("x", "01890000-0000-7000-8000-000000000000"):
        with pytest.raises(Denied):
            actions.ask(by=host, challenge=fresh(challenge), code=code)
    with pytest.raises(Faulty):
        preparing.choose_split(by=host, challenge=fresh(challenge), mode="time")


def test_who_speaks_for_an_owner_of_rows_does_not_compete(ground: Ground) -> None:
    challenge = sited_challenge([ground])
    assert rules.may_enter(ground.owner, challenge) == rules.OWNS_ROWS


def test_an_owners_no_after_the_opening_costs_a_team_nothing_and_is_said(ground: Ground) -> None:
    challenge = sited_challenge([ground])
    team = entered(challenge)
    assert ground.say("refuse", ground.asked()) == 0
    submission = handed(team, LEARNS)
    everywhere(ground)
    assert submission.evaluations.get().state == "failed_platform"
    lead = team.members.get(is_lead=True).person
    Person.objects.filter(pk=lead.pk).update(language="en")
    lead.refresh_from_db()
    page = client_of(lead).get(f"/challenges/{challenge.slug}/submit").content.decode()
    assert "allows it no more" in page
    told = over_rest(lead, submission)
    assert (told["state"], told["runs"][-1]["problem"]) == ("failed_platform", "use_ended")


def over_rest(person: Person, submission: Submission) -> dict[str, Any]:
    client = Client(headers={"Authorization": f"Bearer {token_of(person)}"})
    found: dict[str, Any] = client.get(f"/api/v1/submissions/{submission.uid}").json()
    return found


def test_corrections_need_the_rows_and_are_not_offered(ground: Ground) -> None:
    challenge = sited_challenge([ground])
    with pytest.raises(Denied, match="at_sites"):
        rescores.change_scoring(
            by=host_of(challenge),
            challenge=challenge,
            schema=challenge.schema,
            metric="rmse",
            note_en="Other.",
        )


def test_the_pages_of_host_and_teams_say_whose_rows_they_are(ground: Ground) -> None:
    challenge = sited_challenge([ground])
    host = client_of(host_of(challenge))
    assert ground.firm.name_ko in host.get(f"/challenges/{challenge.slug}/manage/sites").content.decode()
    page = (
        Client(headers={"Accept-Language": "en"}).get(f"/challenges/{challenge.slug}/data").content.decode()
    )
    assert ground.firm.name_en in page
    assert "/app/training/train.csv" in page
    assert str(ground.dataset.uid) not in page


def test_owners_are_asked_over_rest(ground: Ground) -> None:
    challenge, _host = begun_challenge()
    Challenge.objects.filter(pk=challenge.pk).update(takes="sites")
    client = Client(headers={"Authorization": f"Bearer {token_of(host_of(challenge), 'host')}"})
    path = f"/api/v1/challenges/{challenge.slug}/manage/sites"
    made = client.post(path, {"code": str(ground.dataset.uid)}, content_type="application/json")
    assert (made.status_code, made.json()[0]["state"]) == (201, "asked")
    again = client.post(path, {"code": str(ground.dataset.uid)}, content_type="application/json")
    assert again.json()["code"] == "site_asked_already"
    gone = client.delete(f"{path}/{made.json()[0]['uid']}")
    assert gone.json()[0]["state"] == "ended"
    assert client.delete(f"{path}/{ground.dataset.uid}").status_code == 404


def test_the_split_is_the_sites_own_and_the_same_at_every_look(ground: Ground) -> None:
    team = entered(sited_challenge([ground]))
    seen = set()
    for shift in ("0", "0.5"):
        submission = handed(team, LEARNS.replace("* slope", f"* slope + {shift}"))
        everywhere(ground)
        (part,) = submission.evaluations.get().details["sites"]
        seen.add((part["public_rows"], part["private_rows"]))
    assert seen == {(18, 42)}


def test_a_journal_that_is_none_stops_the_site_in_words(
    ground: Ground, capsys: pytest.CaptureFixture[str]
) -> None:
    sited_challenge([ground])
    for path in ground.folder.glob("journal.sqlite*"):
        path.write_bytes(b"no journal at all" * 100)
    assert ground.say("run", "--once") == 1
    assert "journal cannot be used" in capsys.readouterr().err


def test_rows_at_sites_and_rows_here_are_never_in_force_together(ground: Ground) -> None:
    challenge = sited_challenge([ground], is_open=False)
    host = host_of(challenge)
    assert ground.say("approve", ground.asked(), "--yes") == 0
    with pytest.raises(Denied, match="no_rows_here"):
        leaks.ask(by=host, challenge=fresh(challenge))
    hidden.choose(by=host, challenge=fresh(challenge), takes="code")
    assert fresh(challenge).answers is None
    assert ground.dataset.uses.get().state == "ended"
    body = (ground.data / "answers.csv").read_bytes()
    preparing.put_answers(by=host, challenge=fresh(challenge), stream=io.BytesIO(body))
    assert fresh(challenge).answers is not None
    hidden.choose(by=host, challenge=fresh(challenge), takes="sites")
    assert fresh(challenge).answers is None


def test_the_owners_people_read_no_scores_of_teams(ground: Ground) -> None:
    handed(entered(sited_challenge([ground])), LEARNS)
    everywhere(ground)
    path = f"/api/v1/farm/sites/{ground.site.uid}/tasks"
    client = Client(headers={"Authorization": f"Bearer {token_of(ground.owner)}"})
    (task,) = client.get(path).json()["items"]
    assert task["state"] == "done"
    assert {"public", "private", "result"}.isdisjoint(task)
