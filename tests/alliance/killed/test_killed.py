"""A vote's count and a call's assignment, killed with SIGKILL at every write: nothing or all of it, and never twice."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from dure.alliance.models import Review, Topic, Vote
from dure.alliance.reviews import assigning, pool
from dure.alliance.votes import by_date, casting, keys
from dure.engines import voting
from dure.foundation import clock, workflow
from dure.foundation.access import Denied
from dure.foundation.models import AuditEntry, Notice
from tests.factories import agreements, calls, meetings, people, roundtables

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).parents[3]


def killed(what: str, *ids: int, data: Path) -> dict[str, Any]:
    """What the deaths of the work left, as `dying` tells it."""
    at = connection.settings_dict
    url = f"postgresql://{at['USER']}@/{at['NAME']}?host={at['HOST']}&port={at['PORT']}"
    env = {**os.environ, "DATABASE_URL": url, "DURE_DATA": str(data), "PYTHONPATH": f"src{os.pathsep}."}
    words = [sys.executable, "-m", "tests.alliance.killed.dying", what, *map(str, ids)]
    done = subprocess.run(words, env=env, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def voted(count: int) -> tuple[Vote, list[Any]]:
    """A vote whose time is over, with a ballot of everybody."""
    topics = [meetings.opened(roundtables.topic()) for _ in range(2)]
    gurus = [roundtables.guru().person for _ in range(count)]
    vote = meetings.vote(*topics)
    voters: list[Any] = [*gurus, *(topic.proposed_by for topic in topics)]
    for number, person in enumerate(voters):
        choice = ((str(1 + number % 2),),)
        casting.cast(vote, by=person, choice=choice, nonce=f"blue heron {number}")
    Vote.objects.filter(pk=vote.pk).update(closes_at=clock.now() - timedelta(minutes=1))
    return vote, voters


def test_a_vote_is_counted_wholly_or_not_at_all_and_once(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    vote, voters = voted(3)
    told = Notice.objects.filter(kind="alliance.vote_counted")
    found = killed("tally", data=tmp_path)
    assert found["traceless"] >= 8
    assert found["before"]["votes"][0][0] == "open"
    assert (found["died"], found["after"]["votes"][0][0]) == (True, "decided")
    # It died after the commit: the key that nobody needs is still there, and goes with the next stroke of the clock
    assert keys.read(vote.uid) is not None
    for _ in range(2):
        assert (by_date.close(clock.now()), by_date.void(clock.now())) == (0, 0)
    assert keys.read(vote.uid) is None
    counted = Vote.objects.get(pk=vote.pk)
    assert (counted.state, counted.box, len(counted.listed)) == ("decided", {}, len(voters))
    assert voting.digest(counted.published) == counted.digest
    assert sorted(told.values_list("person_id", flat=True)) == sorted(one.pk for one in voters)
    assert AuditEntry.objects.filter(action="vote.tally").count() == 1
    assert set(Topic.objects.values_list("state", flat=True)) == {"decided"}


def test_an_assignment_is_applied_wholly_or_not_at_all_and_once(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    desk = agreements.secretary()
    call = calls.opened(by=desk)
    proposals = [calls.submitted(call) for _ in range(4)]
    for _ in range(4):
        given = {"address": str(people.person().email), "tracks": ["speech"], "least": 0, "most": 6}
        pool.add(call, by=desk, given=given)
    calls.close(call)
    for one in proposals:
        workflow.perform(one, "screen_pass", by=desk)
    token = assigning.preview(call).token
    found = killed("assign", call.pk, desk.pk, data=tmp_path)
    assert found["traceless"] >= 3
    assert (found["before"]["reviews"], found["died"]) == ([], True)
    assert len(found["after"]["reviews"]) == Review.objects.count() == 8
    # The officer saw no answer and presses again: told that it has changed, and nobody is asked twice
    with pytest.raises(Denied):
        assigning.apply(call, by=desk, token=token)
    asked = Notice.objects.filter(kind="alliance.review_invited").values_list("person_id", flat=True)
    assert sorted(asked) == sorted(call.reviewers.values_list("person_id", flat=True))
    assert AuditEntry.objects.filter(action="research_call.assigned").count() == 1
