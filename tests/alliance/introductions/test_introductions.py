"""What comes of a startup: introductions, rounds as far as disclosed, and what a batch and a year come to."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from dure.alliance.figures import counting
from dure.alliance.introductions import leaving, noting, queries
from dure.alliance.models import IncubationBatch, StartupCase, StartupIntroduction, StartupRound
from dure.foundation import clock, workflow
from dure.foundation.access import Denied
from dure.foundation.faults import Faulty
from dure.people import api as people_api
from tests.factories import agreements, figures, people, startups

pytestmark = pytest.mark.django_db
ROUND: dict[str, Any] = {"kind": "seed", "investors": "", "amount": Decimal(300_000_000), "currency": "KRW"}
TO: dict[str, Any] = {"organisation": None, "partner": "Example Labs", "country": "CA", "what": "Speech"}


def taken_in(mentor: Any = None) -> StartupCase:
    """A startup in a batch under way, with its mentor."""
    batch = startups.called()
    case = startups.applied(batch, by=people.person(language="en"))
    case.mentors.create(person=mentor or people.person(language="en"))
    IncubationBatch.objects.filter(pk=batch.pk).update(state="running")
    rows = StartupCase.objects.filter(pk=case.pk)
    rows.update(state="incubating", admitted_on=clock.today(), until=batch.ends_on)
    return StartupCase.objects.select_related("batch").get(pk=case.pk)


def test_only_disclosed_amounts_are_summed_each_currency_for_itself() -> None:
    given = [("KRW", 300), ("CAD", None), ("KRW", 5), ("CAD", Decimal("2.50"))]
    found = queries.raised(SimpleNamespace(currency=code, amount=amount) for code, amount in given)
    assert (found.rounds, found.disclosed, found.undisclosed) == (4, 3, 1)
    assert found.sums == {"CAD": Decimal("2.50"), "KRW": Decimal(305)}
    assert queries.raised([]).sums == {}


def test_a_mentor_introduces_it_abroad_and_the_year_counts_what_came_of_it_also_when_it_ends() -> None:
    mentor = people.person(language="en")
    case = taken_in(mentor)
    one = noting.introduce(case, by=mentor, given=TO)
    for action in ("accept", "meet", "try"):
        workflow.perform(one, action, by=mentor)
    with pytest.raises(Denied):
        workflow.perform(one, "nothing", by=mentor)
    workflow.perform(one, "nothing", by=mentor, data={"reason": "Too loud there"})
    other = noting.introduce(
        case, by=mentor, given=TO | {"partner": "", "organisation": people.organisation()}
    )
    for action in ("meet", "sign"):
        workflow.perform(other, action, by=agreements.secretary())
    found = counting.of_year(clock.today().year)
    codes = ("startups_in", "introductions", "introduction_pocs", "introduction_contracts")
    assert [figures.amounts(found, code)[""] for code in codes] == [(n, "0") for n in "1211"]
    with pytest.raises(Denied):
        noting.introduce(case, by=people.person(), given=TO)
    with pytest.raises(Faulty) as faulty:
        noting.introduce(case, by=mentor, given=TO | {"partner": "", "country": "XX", "what": ""})
    assert len(faulty.value.faults) == 3


def test_a_batch_says_who_lives_what_was_raised_and_of_how_many_nothing_is_disclosed() -> None:
    case, desk = taken_in(), agreements.secretary()
    assert case.founder is not None
    today = clock.today()
    for amount in (Decimal(300_000_000), None):
        noting.invest(case, by=case.founder, given=ROUND | {"closed_on": today, "amount": amount})
    found = queries.summary(case.batch)
    assert (found.taken_in, found.inside, found.alive) == (1, 1, 1)
    assert (found.raised.rounds, found.raised.disclosed) == (2, 1)
    for kind, ago in (("closed", 1), ("goes_on", 9)):
        noting.became(case, by=desk, given={"kind": kind, "on": today - timedelta(days=ago), "words": ""})
    assert queries.summary(case.batch).alive == 0
    year = counting.of_year(today.year)
    assert figures.amounts(year, "startup_rounds") == {"": ("2", "0")}
    assert figures.amounts(year, "startup_money") == {"KRW": ("300000000", "0")}
    ended = counting.of_year((today - timedelta(days=1)).year)
    assert figures.groups(ended, "startup_exits", "field") == {"closed": "1"}
    begun = counting.of_year(case.batch.starts_on.year)
    assert figures.amounts(begun, "batches")[""][0] == "1"
    page = f"/incubation/{case.batch.uid}/summary"
    assert "300,000,000 KRW" in people.client_of(desk).get(page).content.decode()
    assert people.client_of(case.founder).get(page).status_code == 403
    answer = people.client_of(desk).get(f"/api/v1{page}").json()
    assert answer["raised"] == {"rounds": 2, "disclosed": 1, "sums": {"KRW": "300000000.00"}}
    tomorrow = {"closed_on": today + timedelta(days=1), "amount": Decimal("1.5")}
    with pytest.raises(Faulty) as faulty:
        noting.invest(case, by=desk, given=ROUND | tomorrow)
    assert len(faulty.value.faults) == 2
    with pytest.raises(Denied):
        noting.invest(startups.applied(startups.called()), by=desk, given=ROUND | {"closed_on": today})


def test_it_is_written_down_on_pages_and_nobody_outside_reads_it(django_assert_max_num_queries: Any) -> None:
    case = taken_in()
    mentor = case.mentors.get().person
    assert case.founder is not None
    own = f"/startups/{case.uid}"
    client, founder = people.client_of(mentor), people.client_of(case.founder)
    assert client.post(f"{own}/introductions", TO | {"organisation": "", "partner": ""}).status_code == 422
    for number in range(3):
        form = TO | {"organisation": "", "partner": f"Labs {number}"}
        assert client.post(f"{own}/introductions", form).status_code == 302
    one = StartupIntroduction.objects.latest("pk")
    assert client.post(f"{own}/introductions/{one.uid}", {"action": "nothing"}).status_code == 422
    assert client.post(f"{own}/introductions/{one.uid}", {"action": "meet"}).status_code == 302
    form = {"what": "round", "r-kind": "seed", "r-closed_on": clock.today(), "r-currency": "KRW"}
    assert founder.post(f"{own}/money", form).status_code == 302
    assert StartupRound.objects.get().amount is None
    form = {"what": "outcome", "o-kind": "goes_on", "o-on": clock.today()}
    assert founder.post(f"{own}/money", form).status_code == 302
    assert founder.post(f"{own}/money", {"what": "round"}).status_code == 422
    assert "amount not disclosed" in founder.get(f"{own}/money").content.decode()
    rival = people.client_of(people.representative(people.organisation()))
    for part in ("introductions", "money"):
        assert rival.get(f"{own}/{part}").status_code == 404
        client.get(f"{own}/{part}")
        with django_assert_max_num_queries(12):
            assert client.get(f"{own}/{part}").status_code == 200
    taken = leaving.exported(case.founder)
    assert (len(taken["rounds"]), len(taken["became"])) == (1, 1)
    leaving.forget(people_api.AccountDeleted(person=case.founder.pk))
    assert StartupRound.objects.get().by is None
