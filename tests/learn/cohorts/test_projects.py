"""Team projects: teams by hand and divided, the report, and the challenge that a project ends in."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from dure.foundation import clock
from dure.foundation.access import Audience, Denied
from dure.foundation.faults import Faulty
from dure.foundation.models import AuditEntry, Notice
from dure.learn.cohorts import places, projects
from dure.learn.models import Cohort, Place, Project, ProjectTeam
from dure.people.models import Circle, Person
from dure.problems.models import Problem
from dure.problems.scoring import process
from tests.factories import cohorts, people
from tests.factories.courses import open_course
from tests.factories.problems import entered, open_challenge, submitted

pytestmark = pytest.mark.django_db
REST = "/api/v1/cohorts"


@pytest.fixture
def led(tmp_path: Path) -> Cohort:
    return cohorts.cohort(open_course(tmp_path), seats=60)


@pytest.fixture
def coach(led: Cohort) -> Person:
    return led.coaches.get()


def placed(led: Cohort, **fields: Any) -> Place:
    return places.apply(by=people.person(language="en", **fields), cohort=led)


def values(**changed: Any) -> dict[str, Any]:
    given = {
        "name_ko": "수명 예측",
        "name_en": "Predict the life",
        "brief_ko": "엔진의 남은 수명을 **예측**합니다.",
        "brief_en": "Predict **what is left** of an engine.",
        "team_size": 3,
        "due_at": clock.now() + timedelta(days=20),
    }
    return given | changed


def made(led: Cohort, **more: Any) -> Project:
    return projects.make(by=led.coaches.get(), cohort=led, values=values(), **more)


def page_of(project: Project, team: ProjectTeam | None = None) -> str:
    end = f"/teams/{team.uid}" if team else ""
    return f"/cohorts/{project.cohort.uid}/projects/{project.uid}{end}"


def teamed(project: Project, *members: Place, name: str = "Alpha") -> ProjectTeam:
    return projects.put_team(by=project.cohort.coaches.get(), project=project, name=name, members=members)


def test_who_leads_makes_a_project_on_the_page_and_everybody_is_told(led: Cohort, coach: Person) -> None:
    place, client = placed(led), people.client_of(coach)
    path = f"/cohorts/{led.uid}/projects"
    due = clock.today() + timedelta(days=20)
    sent = values(due_at=f"{due}T18:00", challenge="")
    answered = client.post(path, sent, follow=True).content.decode()
    assert "<strong>what is left</strong>" in answered
    assert f"{due} 18:00 KST" in answered
    assert Notice.objects.get(kind="learn.project_made").person == place.person
    wrong = client.post(path, sent | {"challenge": "nowhere", "name_en": "Kept in the form"})
    assert wrong.status_code == 422
    assert "Kept in the form" in wrong.content.decode()
    assert people.client_of(place.person).post(path, sent).status_code == 403
    assert people.client_of(people.person()).get(path).status_code == 403
    assert Project.objects.count() == 1


def test_dividing_puts_everybody_into_one_team_and_again_changes_nothing(led: Cohort, coach: Person) -> None:
    firm = people.organisation()
    for _ in range(7):
        placed(led)
    for place in list(Place.objects.all())[:3]:
        place.organisation = firm
        place.save()
    project = made(led)
    by_hand = teamed(project, Place.objects.latest("pk"))
    answered = people.client_of(coach).post(f"{page_of(project)}/divide", follow=True).content.decode()
    assert "2 teams were made." in answered
    teams = list(project.teams.exclude(pk=by_hand.pk))
    assert sorted(team.members.count() for team in teams) == [3, 3]
    assert {team.name for team in teams} == {"1조", "2조"}
    assert sorted(team.members.filter(organisation=firm).count() for team in teams) == [1, 2]
    assert by_hand.members.count() == 1
    assert AuditEntry.objects.get(action="project.divided").detail["people"] == 6
    assert projects.divide_rest(by=coach, project=project) == []
    assert Notice.objects.filter(kind="learn.project_team").count() == 7


def test_the_same_seed_divides_the_same(led: Cohort, coach: Person) -> None:
    for _ in range(8):
        placed(led)
    first, second = made(led), made(led)
    found = [
        [
            sorted(team.members.values_list("pk", flat=True))
            for team in projects.divide_rest(by=coach, project=one, seed=5)
        ]
        for one in (first, second)
    ]
    assert found[0] == found[1]


@pytest.mark.django_db(transaction=True)
def test_two_who_divide_at_once_put_nobody_into_two_teams(tmp_path: Path) -> None:
    led = cohorts.cohort(open_course(tmp_path), seats=20)
    for _ in range(12):
        placed(led)
    project = made(led)
    coach = led.coaches.get()

    def divide(_at: int) -> None:
        try:
            projects.divide_rest(
                by=coach, project=Project.objects.select_related("cohort").get(pk=project.pk)
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(divide, range(4)))
    assert ProjectTeam.members.through.objects.count() == 12
    assert project.teams.count() == 4


def test_whoever_is_put_into_another_team_leaves_the_first(led: Cohort, coach: Person) -> None:
    one, two = placed(led), placed(led)
    project = made(led)
    first = teamed(project, one, two)
    second = teamed(project, two, name="Beta")
    assert list(first.members.all()) == [one]
    assert list(second.members.all()) == [two]
    stranger = placed(cohorts.cohort(led.course))
    with pytest.raises(Faulty) as faulty:
        projects.put_team(by=coach, project=project, name="Beta", members=[stranger])
    assert {one.code for one in faulty.value.faults} == {"team_name_taken", "not_in_cohort"}
    with pytest.raises(Denied):
        projects.put_team(by=one.person, project=project, name="Mine", members=[one])


def test_a_team_is_made_and_changed_by_hand_on_pages(led: Cohort, coach: Person) -> None:
    one, two = placed(led), placed(led)
    project, client = made(led), people.client_of(coach)
    sent = {"name": "Alpha", "members": [str(one.uid)], "coach": str(coach.uid)}
    assert client.post(f"{page_of(project)}/teams", sent).status_code == 302
    team = ProjectTeam.objects.get()
    assert team.coach == coach
    wrong = client.post(f"{page_of(project)}/teams", sent)
    assert wrong.status_code == 422
    assert "has this name" in wrong.content.decode()
    change = f"{page_of(project, team)}/change"
    client.post(change, {"name": "Omega", "members": [str(one.uid), str(two.uid)]})
    team.refresh_from_db()
    assert (team.name, team.members.count()) == ("Omega", 2)
    assert people.client_of(one.person).post(change, sent).status_code == 403
    assert client.post(change, {"do": "dissolve"}).status_code == 302
    assert not ProjectTeam.objects.exists()


def test_the_team_hands_in_and_others_inside_read_nothing_of_it(led: Cohort, coach: Person) -> None:
    one, other = placed(led, name_en="Kim Own"), placed(led)
    project = made(led)
    team = teamed(project, one)
    mine, fellow = people.client_of(one.person), people.client_of(other.person)
    mine.post(f"{page_of(project, team)}/report", {"report": "zqreportqz", "do": "keep"})
    assert ProjectTeam.objects.get().handed_in_at is None
    mine.post(f"{page_of(project, team)}/report", {"report": "zqreportqz **done**", "do": "hand_in"})
    assert Notice.objects.get(kind="learn.project_handed_in").person == coach
    page = people.client_of(coach).get(page_of(project, team)).content.decode()
    assert "<strong>done</strong>" in page
    assert "Handed in late" not in page
    for path in (page_of(project, team), f"{REST}/{led.uid}/projects/{project.uid}/teams/{team.uid}"):
        assert fellow.get(path).status_code == 404
        assert people.client_of(people.person()).get(path).status_code == 404
        assert Client().get(path).status_code in (401, 403)
    assert (
        fellow.post(f"{page_of(project, team)}/report", {"report": "x", "do": "hand_in"}).status_code == 404
    )
    seen = fellow.get(page_of(project)).content.decode()
    assert "Kim Own" in seen
    assert "zqreportqz" not in seen
    (row,) = fellow.get(f"{REST}/{led.uid}/projects/{project.uid}/teams").json()["items"]
    assert (row["opens"], row["report"], row["handed_in_at"]) == (False, "", None)
    denied = people.client_of(coach).post(f"{page_of(project, team)}/report", {"report": "x", "do": "keep"})
    assert denied.status_code == 403
    assert "zqreportqz" in ProjectTeam.objects.get().report


def test_a_late_report_is_accepted_and_marked(led: Cohort) -> None:
    place = placed(led)
    project = made(led)
    team = teamed(project, place)
    client = people.client_of(place.person)
    with clock.at(clock.now() + timedelta(days=21)):
        answered = client.post(
            f"{page_of(project, team)}/report", {"report": "At last", "do": "hand_in"}, follow=True
        )
    assert "Handed in late" in answered.content.decode()
    assert client.get(f"{REST}/{led.uid}/projects/{project.uid}/teams/{team.uid}").json()["late"] is True


def test_two_members_do_not_overwrite_each_other(led: Cohort) -> None:
    one, two = placed(led), placed(led)
    project = made(led)
    team = teamed(project, one, two)
    base = projects.digest_of("")
    projects.write_report(by=one.person, team=team, report="First", hand_in=False, base=base)
    client = people.client_of(two.person)
    answered = client.post(
        f"{page_of(project, team)}/report", {"report": "Second", "do": "keep", "base": base}
    )
    assert answered.status_code == 422
    page = answered.content.decode()
    assert "First" in page
    assert "Second" in page
    assert ProjectTeam.objects.get().report == "First"
    for text in ("", "x" * 20_001):
        with pytest.raises(Faulty):
            projects.write_report(by=one.person, team=team, report=text, hand_in=True)


def test_a_team_with_work_is_not_taken_back(led: Cohort, coach: Person) -> None:
    place = placed(led)
    project = made(led)
    team = teamed(project, place)
    projects.write_report(by=place.person, team=team, report="x", hand_in=False)
    with pytest.raises(Denied):
        projects.dissolve(by=coach, team=team)


def test_the_standing_in_the_challenge_is_shown_to_the_team_and_who_leads_alone(
    led: Cohort, coach: Person
) -> None:
    challenge = open_challenge(rows=60)
    one, other = placed(led), placed(led)
    project = made(led, challenge=challenge.slug)
    team = teamed(project, one)
    mine = people.client_of(one.person)
    assert "Enter the challenge first" in mine.post(f"{page_of(project, team)}/enter").content.decode()
    their = entered(challenge, by=one.person, name="zqthereqz")
    submitted(their)
    process.Scorer(name="test").run(until_empty=True)
    assert mine.post(f"{page_of(project, team)}/enter").status_code == 302
    for client in (mine, people.client_of(coach)):
        assert "zqthereqz" in client.get(page_of(project, team)).content.decode()
        assert "Rank 1" in client.get(page_of(project)).content.decode()
    fellow = people.client_of(other.person).get(page_of(project)).content.decode()
    assert "Rank 1" not in fellow
    line = mine.get(f"{REST}/{led.uid}/projects/{project.uid}/teams/{team.uid}").json()
    assert line["standing"]["rank"] == 1
    with pytest.raises(Denied):
        projects.link_entered(by=other.person, team=team)


def test_a_challenge_that_one_does_not_see_shows_nowhere(led: Cohort, coach: Person) -> None:
    challenge = open_challenge(rows=30)
    place = placed(led)
    project = made(led, challenge=challenge.slug)
    team = teamed(project, place)
    Problem.objects.filter(pk=challenge.problem_id).update(
        audience=Audience.CIRCLE, circle=Circle.objects.create(kind="shared")
    )
    client = people.client_of(place.person)
    for path in (page_of(project), page_of(project, team), f"{REST}/{led.uid}/projects/{project.uid}"):
        assert challenge.slug not in client.get(path).content.decode()
    assert client.post(f"{page_of(project, team)}/enter").status_code == 403
    with pytest.raises(Exception, match="hidden"):
        projects.make(by=coach, cohort=led, values=values(), challenge=challenge.slug)


def test_rest_makes_divides_writes_and_takes_back(led: Cohort, coach: Person) -> None:
    place = placed(led)
    client, path = people.client_of(coach), f"{REST}/{led.uid}/projects"
    body = json.dumps(values(due_at=(clock.now() + timedelta(days=13)).isoformat()))
    uid = client.post(path, body, content_type="application/json").json()["uid"]
    assert client.put(f"{path}/{uid}", body, content_type="application/json").status_code == 200
    (team,) = client.post(f"{path}/{uid}/divide").json()["items"]
    mine = people.client_of(place.person)
    report = json.dumps({"report": "Done", "hand_in": True})
    one = f"{path}/{uid}/teams/{team['uid']}"
    assert mine.put(f"{one}/report", report, content_type="application/json").json()["report"] == "Done"
    assert client.delete(one).status_code == 403
    assert mine.post(f"{path}/{uid}/divide").status_code == 403
    other = json.dumps({"name": "Beta", "members": [str(place.uid)]})
    assert client.post(f"{path}/{uid}/teams", other, content_type="application/json").status_code == 201
    assert mine.get(one).status_code == 404
    assert [one["uid"] for one in mine.get(path).json()["items"]] == [uid]


def test_projects_ask_the_same_of_the_database_for_many_teams(
    led: Cohort, coach: Person, django_assert_max_num_queries: Any
) -> None:
    challenge = open_challenge(rows=30)
    project = made(led, challenge=challenge.slug)
    for number in range(20):
        place = placed(led)
        teamed(project, place, name=f"T{number}")
        made(led)
    mine = people.client_of(place.person)
    for client in (people.client_of(coach), mine):
        for path in (
            page_of(project),
            f"/cohorts/{led.uid}/projects",
            f"{REST}/{led.uid}/projects",
            f"{REST}/{led.uid}/projects/{project.uid}/teams",
        ):
            client.get(path)
            with django_assert_max_num_queries(12):
                assert client.get(path).status_code == 200
