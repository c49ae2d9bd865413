"""A topic from the proposal to being merged, parked or rejected, and who reads it."""

from typing import Any

import pytest

from dure.alliance.models import Topic
from dure.alliance.topics import following, leaving, proposing
from dure.foundation import workflow
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.foundation.models import Notice
from dure.people import api as people_api
from tests.factories import agreements, people, roundtables

pytestmark = pytest.mark.django_db
WHY = {"reason": "The same question"}


def told(person: people_api.Person | None, kind: str) -> int:
    return Notice.objects.filter(person=person, kind=f"alliance.{kind}").count()


def test_followers_go_along_when_a_topic_is_merged_and_stand_there_once() -> None:
    one, other = roundtables.topic(), roundtables.topic()
    both, single = roundtables.guru().person, roundtables.guru().person
    following.follow(one, by=both)
    following.follow(other, by=both)
    following.follow(one, by=single)
    moved = workflow.perform(one, "merge", by=agreements.secretary(), data=WHY | {"into": other})
    assert (moved.state, moved.merged_into) == ("merged", other)
    inside = set(other.followers.values_list("person_id", flat=True))
    assert inside == {one.proposed_by_id, other.proposed_by_id, both.pk, single.pk}
    assert not one.followers.exists()
    assert told(single, "topic_merged") == 1


def test_what_is_proposed_in_confidence_is_read_by_gurus_but_by_no_rival_and_stays_so_when_merged() -> None:
    firm, rival = people.organisation(), people.organisation()
    secret = roundtables.topic(organisation=firm, reach="confidential")
    guru, stranger = roundtables.guru().person, people.representative(rival)
    seen = [Topic.objects.visible_to(one).filter(pk=secret.pk).exists() for one in (guru, stranger)]
    assert seen == [True, False]
    assert people.client_of(stranger).get(f"/topics/{secret.uid}").status_code == 404
    desk = agreements.secretary()
    with pytest.raises(Denied) as refused:
        workflow.perform(roundtables.topic(), "merge", by=desk, data=WHY | {"into": secret})
    assert refused.value.refused.reason == "topic_target_narrower"


def test_a_follower_who_may_no_longer_read_it_is_told_nothing() -> None:
    firm = people.organisation()
    outsider = people.person()
    topic = roundtables.topic(organisation=firm)
    following.follow(topic, by=outsider)
    workflow.perform(topic, "park", by=agreements.secretary(), data={"reason": "Later"})
    assert told(outsider, "topic_moved") == 0
    assert told(topic.proposed_by, "topic_moved") == 1


def test_a_member_proposes_reads_and_discusses_on_pages_and_over_rest() -> None:
    firm = people.organisation()
    speaker = people.representative(firm)
    client = people.client_of(speaker)
    words = {"title_en": "Shared test benches", "text_en": "Which ones?", "why_en": "They stand idle."}
    form = words | {"field": "robots", "reach": "members", "organisation": firm.pk}
    assert client.post("/topics/new", {**form, "title_en": ""}).status_code == 422
    assert client.post("/topics/new", form).status_code == 302
    topic = Topic.objects.get()
    page = f"/topics/{topic.uid}"
    assert client.post(f"{page}/messages", {"body": "We have three."}).status_code == 302
    assert client.post(f"{page}/edit", {**form, "why_en": "Idle at night."}).status_code == 302
    shown = client.get(page).content.decode()
    assert "We have three." in shown
    assert "Idle at night." in shown
    answer = client.get(f"/api/v1{page}").json()
    assert (answer["state"], answer["organisation"], answer["is_followed"]) == ("proposed", firm.slug, True)
    gone = client.post(f"{page}/act", {"action": "withdraw", "reason": "Solved"})
    assert gone.status_code == 302
    with pytest.raises(Denied):
        proposing.write(topic, by=speaker, body="More")


def test_nobody_proposes_in_the_name_of_another_and_all_that_is_missing_is_said_at_once() -> None:
    guru, firm = roundtables.guru().person, people.organisation()
    with pytest.raises(Denied):
        roundtables.topic(by=guru, organisation=firm)
    empty: dict[str, Any] = {
        f"{name}_{code}": "" for name in ("title", "text", "why") for code in ("ko", "en")
    }
    with pytest.raises(Faulty) as faulty:
        roundtables.topic(by=guru, **empty, reach="public", field="x")
    assert len(faulty.value.faults) == 5


def test_what_a_deleted_account_wrote_goes_and_its_topic_stays() -> None:
    topic = roundtables.topic()
    writer = topic.proposed_by
    assert writer is not None
    proposing.write(topic, by=writer, body="Mine")
    assert leaving.exported(writer)["written"][0]["body"] == "Mine"
    leaving.forget(people_api.AccountDeleted(person=writer.pk))
    kept = Topic.objects.get(pk=topic.pk)
    assert (kept.proposed_by, kept.messages.get().body, kept.followers.count()) == (None, "–", 0)


def test_a_topic_takes_at_most_twelve_queries_for_a_member_for_a_guru_and_for_the_secretariat(
    django_assert_max_num_queries: Any,
) -> None:
    firm, guru = people.organisation(), roundtables.guru().person
    speaker = people.representative(firm)
    topic = roundtables.topic(by=speaker, organisation=firm)
    proposing.write(topic, by=guru, body="A word")
    for reader in (speaker, guru, agreements.secretary()):
        client = people.client_of(reader)
        for address in (f"/topics/{topic.uid}", "/topics", "/gurus", f"/api/v1/topics/{topic.uid}"):
            client.get(address)
            with django_assert_max_num_queries(12):
                assert client.get(address).status_code == 200
