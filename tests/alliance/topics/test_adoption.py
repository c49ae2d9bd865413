"""A topic that was voted on becomes a need or a research project; both sides name each other."""

from typing import Any

import pytest

from dure.alliance.models import ResearchCall, ResearchProject, Topic
from dure.foundation import workflow
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.problems.models import Problem
from tests.factories import agreements, meetings, people, roundtables

pytestmark = pytest.mark.django_db


def decided(**changed: Any) -> Topic:
    """As if a vote had carried it."""
    topic = meetings.opened(roundtables.topic(**changed))
    Topic.objects.filter(pk=topic.pk).update(state="decided")
    return Topic.objects.get(pk=topic.pk)


def test_it_becomes_a_need_in_the_hands_of_the_organisation_and_others_see_no_more_than_its_audience() -> (
    None
):
    firm = people.organisation()
    speaker, guru = people.representative(firm), roundtables.guru().person
    topic = decided(by=speaker, organisation=firm)
    page = f"/topics/{topic.uid}"
    desk = people.client_of(agreements.secretary())
    assert desk.post(f"{page}/act", {"action": "adopt", "kind": "problem"}).status_code == 422
    sent = {"action": "adopt", "kind": "problem", "organisation": firm.pk}
    assert desk.post(f"{page}/act", sent).status_code == 302
    need = Problem.objects.get()
    assert (need.owner, need.state, need.title_en, need.hurts_en) == (
        speaker, "draft", "Sharing speech data", "What do we collect first?",
    )  # fmt: skip
    own, other = people.client_of(speaker), people.client_of(guru)
    assert f"/problems/{need.uid}" in own.get(page).content.decode()
    assert page in own.get(f"/problems/{need.uid}").content.decode()
    assert str(need.uid) not in other.get(page).content.decode()
    assert other.get(f"/api/v1{page}").json()["became"] == {
        "kind": "problem", "url": "", "state": "", "progress": "",
    }  # fmt: skip


def test_it_becomes_a_project_that_shows_its_progress_there() -> None:
    topic, desk = decided(), agreements.secretary()
    with pytest.raises(Faulty):
        workflow.perform(topic, "adopt", by=desk, data={"kind": "project"})
    with pytest.raises(Denied):
        workflow.perform(topic, "adopt", by=desk, data={"kind": "castle"})
    adopted = workflow.perform(topic, "adopt", by=desk, data={"kind": "project", "track": "speech"})
    project = ResearchProject.objects.get()
    assert (adopted.state, project.origin, project.title) == ("adopted", "topic", topic.title)
    project.milestones.create(title_en="M", due_on=project.starts_on)
    client = people.client_of(desk)
    assert client.get(f"/api/v1/topics/{topic.uid}").json()["became"]["url"] == f"/projects/{project.uid}"
    assert f"/topics/{topic.uid}" in client.get(f"/projects/{project.uid}").content.decode()
    other = decided(title_en="Called for")
    workflow.perform(other, "adopt", by=desk, data={"kind": "call"})
    call = ResearchCall.objects.get()
    assert f"/topics/{other.uid}" in client.get(f"/calls/{call.uid}").content.decode()
    assert f"/calls/{call.uid}" in client.get(f"/topics/{other.uid}").content.decode()
    empty = decided(title_ko="다른 안건")
    given = {"kind": "problem", "organisation": people.organisation()}
    with pytest.raises(Faulty):
        workflow.perform(empty, "adopt", by=desk, data=given)
