"""The demo has a roundtable with its vote and one ahead, and the second load changes nothing."""

from pathlib import Path
from typing import Any

import pytest

from dure.alliance.models import Roundtable, Topic, Vote, VoteItem
from dure.alliance.roundtables import demo
from dure.alliance.votes import by_date
from dure.foundation import clock
from dure.foundation.models import Notice
from dure.problems.demo import catalogue
from dure.problems.demo_loading import DemoLoader
from dure.problems.events import DemoLoaded

pytestmark = pytest.mark.django_db


def test_it_plays_a_roundtable_with_a_vote_and_one_ahead_once(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    DemoLoader(catalogue.load_alliance(), say=lambda _line: None).put_people()
    demo.load(DemoLoaded())
    counted = (Topic.objects.count(), Roundtable.objects.count(), Notice.objects.count())
    demo.load(DemoLoaded())
    assert counted == (Topic.objects.count(), Roundtable.objects.count(), Notice.objects.count())
    assert counted[:2] == (18, 2)
    assert set(Roundtable.objects.values_list("state", flat=True)) == {"minuted", "announced"}
    vote = Vote.objects.get()
    assert (vote.state, len(vote.listed), vote.is_tied) == ("decided", 7, False)
    won = VoteItem.objects.filter(won=True).order_by("pk").values_list("key", flat=True)
    assert list(won) == ["1", "5", "11", "13", "15"]
    assert Topic.objects.get(state="adopted").title_en == "Collecting dialect speech together"
    assert [by_date.close(clock.now()), by_date.void(clock.now())] == [0, 0]
