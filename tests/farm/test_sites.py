"""Sites as the platform knows them: who may name and see one, how a machine joins, and what stands of what it says."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from dure.engines.faults import Faulty
from dure.farm.actions import site_silence, site_tasks, site_uses, sites
from dure.farm.models import Site, SiteDataset, SiteTask, SiteUse
from dure.foundation import clock
from dure.foundation.access import Denied, Role
from dure.foundation.ids import uuid7
from dure.foundation.models import Notice
from dure.people.models import Organisation, Person
from tests.factories.people import client_of, member, person
from tests.factories.sharing import representative

pytestmark = pytest.mark.django_db
API = "/api/v1"
TABLES = {"answers": {"rows": 30, "columns": [{"name": "id", "type": "String", "classes": []}]}}


@pytest.fixture
def owner() -> tuple[Person, Organisation]:
    return representative()


@pytest.fixture
def named(owner: tuple[Person, Organisation]) -> sites.NewSite:
    by, firm = owner
    return sites.add(by=by, organisation=firm, name="Machine room")


@pytest.fixture
def machine(named: sites.NewSite) -> Client:
    """What talks with the site's key."""
    sites.join(code=named.code, key=sites.digest("dures_key"))
    return Client(headers={"Authorization": "Bearer dures_key"})


@pytest.fixture
def dataset(named: sites.NewSite, machine: Client) -> SiteDataset:
    return sites.register(named.site, name="pressure", sha256="a" * 64, tables=TABLES)


def asked(dataset: SiteDataset, **wants: Any) -> SiteUse:
    return site_uses.ask(
        by=person(), dataset=dataset.uid, purpose=uuid7(), title="Know it early", wants=wants
    )


def allowed(dataset: SiteDataset) -> SiteUse:
    use = asked(dataset)
    limits = {"looks": 10, "looks_each": 5, "least_rows": 10, "note": ""}
    return site_uses.answer(
        dataset.site,
        use.uid,
        is_yes=True,
        digest=site_uses.digest_of(use.wants),
        **limits,  # type: ignore[arg-type]
    )


def task_of(use: SiteUse) -> SiteTask:
    return site_tasks.ask(use, name="x #1", order={"spec": {"inputs": []}}, uid=uuid7())


def test_only_who_speaks_for_a_member_names_a_site(owner: tuple[Person, Organisation]) -> None:
    _by, firm = owner
    plain = person()
    member(plain, firm)
    with pytest.raises(Denied):
        sites.add(by=plain, organisation=firm, name="x")
    with pytest.raises(Faulty):
        sites.add(by=owner[0], organisation=firm, name=" ")


def test_one_machine_joins_with_the_code_and_may_say_so_twice(named: sites.NewSite) -> None:
    key = sites.digest("dures_mine")
    assert sites.join(code=named.code, key=key).uid == sites.join(code=named.code, key=key).uid
    with pytest.raises(Denied):
        sites.join(code=named.code, key=sites.digest("dures_other"))
    assert named.code not in str(Site.objects.values().get())


def test_a_code_that_is_old_or_was_never_given_joins_nothing(named: sites.NewSite) -> None:
    answer = Client().post(
        f"{API}/site/join", {"code": "nothing", "key_sha256": "b" * 64}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "bad_code")
    Site.objects.update(code_until=clock.now() - timedelta(seconds=1))
    with pytest.raises(Denied):
        sites.join(code=named.code, key=sites.digest("dures_mine"))


def test_a_key_opens_the_sites_own_door_and_nothing_else(machine: Client, named: sites.NewSite) -> None:
    assert machine.get(f"{API}/site").json()["uid"] == str(named.site.uid)
    assert machine.get(f"{API}/farm/sites").status_code == 401
    assert machine.get(f"{API}/me/tokens").status_code == 401
    assert Client().get(f"{API}/site/tasks").status_code == 401


def test_a_closed_site_is_heard_no_more_and_what_waits_for_it_ends(
    machine: Client, dataset: SiteDataset, owner: tuple[Person, Organisation]
) -> None:
    use = allowed(dataset)
    task = task_of(use)
    sites.close(by=owner[0], site=dataset.site)
    assert machine.get(f"{API}/site").status_code == 401
    task.refresh_from_db()
    use.refresh_from_db()
    assert (task.state, task.result["problem"], use.state) == ("refused", "use_ended", "ended")


def test_a_site_sees_its_own_tasks_alone(machine: Client, dataset: SiteDataset, tmp_path: Any) -> None:
    by, firm = representative()
    other = sites.add(by=by, organisation=firm, name="Other").site
    foreign = task_of(allowed(sites.register(other, name="x", sha256="c" * 64, tables=TABLES)))
    mine = task_of(allowed(dataset))
    assert [one["uid"] for one in machine.get(f"{API}/site/tasks").json()] == [str(mine.uid)]
    answer = {"state": "done"}
    for path, sent in ((f"{foreign.uid}/result", answer), (f"{foreign.uid}/log", {"text": "x"})):
        found = machine.post(f"{API}/site/tasks/{path}", sent, content_type="application/json")
        assert found.status_code == 404
    assert machine.get(f"{API}/site/tasks/{mine.uid}/files/{'d' * 64}").status_code == 404


def test_the_first_answer_stands(machine: Client, dataset: SiteDataset) -> None:
    task = task_of(allowed(dataset))
    said = [{"state": "done", "public": 0.5, "public_rows": 20}, {"state": "done", "public": 0.9}]
    for one in said:
        answer = machine.post(f"{API}/site/tasks/{task.uid}/result", one, content_type="application/json")
        assert answer.json() == {"uid": str(task.uid), "state": "done"}
    task.refresh_from_db()
    assert task.result["public"] == 0.5


@pytest.mark.parametrize(
    "bad",
    [{"state": "queued"}, {"state": "done", "public": "NaN"}, {"state": "done", "problem": "x" * 41}, {}],
)
def test_an_answer_that_makes_no_sense_changes_nothing(
    machine: Client, dataset: SiteDataset, bad: dict[str, Any]
) -> None:
    task = task_of(allowed(dataset))
    answer = machine.post(f"{API}/site/tasks/{task.uid}/result", bad, content_type="application/json")
    assert answer.status_code == 422
    task.refresh_from_db()
    assert task.state == "queued"


def test_the_same_data_is_one_row_and_other_data_ends_what_the_former_was_for(dataset: SiteDataset) -> None:
    use = allowed(dataset)
    assert sites.register(dataset.site, name="pressure", sha256="a" * 64, tables=TABLES).pk == dataset.pk
    use.refresh_from_db()
    assert use.state == "approved"
    assert sites.register(dataset.site, name="pressure", sha256="e" * 64, tables=TABLES).pk != dataset.pk
    use.refresh_from_db()
    assert use.state == "ended"


def test_a_yes_is_to_what_was_read_and_to_nothing_else(dataset: SiteDataset) -> None:
    use = asked(dataset, metric="mae")
    read = site_uses.digest_of(use.wants)
    site_uses.want(use, {"metric": "rmse"})
    limits = {"looks": 1, "looks_each": 1, "least_rows": 1, "note": ""}
    with pytest.raises(Denied, match="site_use_changed"):
        site_uses.answer(dataset.site, use.uid, is_yes=True, digest=read, **limits)  # type: ignore[arg-type]


def test_what_was_allowed_is_asked_anew_when_something_else_is_wanted(dataset: SiteDataset) -> None:
    use = allowed(dataset)
    assert site_uses.want(use, use.wants).state == "approved"
    assert site_uses.want(use, {"metric": "rmse"}).state == "asked"


def test_no_is_said_at_any_time_and_stays(dataset: SiteDataset) -> None:
    use = allowed(dataset)
    task = task_of(use)
    limits = {"looks": 1, "looks_each": 1, "least_rows": 1, "note": "Not any more."}
    ended = site_uses.answer(dataset.site, use.uid, is_yes=False, digest="", **limits)  # type: ignore[arg-type]
    task.refresh_from_db()
    assert (ended.state, task.state) == ("ended", "refused")
    assert task_of(ended).state == "refused"
    with pytest.raises(Denied):
        site_uses.answer(dataset.site, use.uid, is_yes=True, digest="", **limits)  # type: ignore[arg-type]


def test_a_site_that_is_silent_for_a_week_holds_up_nobody(dataset: SiteDataset) -> None:
    task = task_of(allowed(dataset))
    assert site_tasks.end_silent(clock.now() + timedelta(days=6)) == 0
    assert site_tasks.end_silent(clock.now() + timedelta(days=8)) == 1
    task.refresh_from_db()
    assert (task.state, task.result["problem"]) == ("failed_platform", "site_silent")


def test_pages_are_for_who_speaks_for_the_owner_the_secretariat_and_the_auditor(
    dataset: SiteDataset, owner: tuple[Person, Organisation]
) -> None:
    colleague, rival = person(), representative()[0]
    member(colleague, owner[1])
    readers = [owner[0], person(roles=[Role.SECRETARIAT]), person(roles=[Role.AUDITOR])]
    others = [colleague, rival, person(roles=[Role.OPERATOR]), person()]
    path = f"/farm/sites/{dataset.site.uid}"
    assert [client_of(one).get(path).status_code for one in readers] == [200] * 3
    assert [client_of(one).get(path).status_code for one in others] == [404] * 4
    assert str(dataset.uid) in client_of(owner[0]).get(path).content.decode()
    assert "Machine room" not in client_of(rival).get("/farm/sites").content.decode()


def test_a_site_is_named_and_closed_on_pages(owner: tuple[Person, Organisation]) -> None:
    client = client_of(owner[0])
    assert client.get("/farm/sites").status_code == 200
    bad = client.post("/farm/sites/new", {"organisation": owner[1].pk, "name": ""})
    assert bad.status_code == 422
    made = client.post("/farm/sites/new", {"organisation": owner[1].pk, "name": "Hospital A"})
    site = Site.objects.get()
    assert "dure site join" in made.content.decode()
    assert sites.digest("x") != site.code
    client.post(f"/farm/sites/{site.uid}/close")
    site.refresh_from_db()
    assert site.closed_at is not None


def test_more_data_and_runs_cost_no_more_queries(
    dataset: SiteDataset, owner: tuple[Person, Organisation], django_assert_max_num_queries: Any
) -> None:
    for at in range(3):
        more = sites.register(dataset.site, name=f"more {at}", sha256=f"{at}" * 64, tables=TABLES)
        task_of(allowed(more))
    client = client_of(owner[0])
    for path in ("/farm/sites", f"/farm/sites/{dataset.site.uid}"):
        with django_assert_max_num_queries(12):
            assert client.get(path).status_code == 200


def test_owner_and_asker_are_told_once_that_a_site_has_fallen_silent(
    dataset: SiteDataset, machine: Client, owner: tuple[Person, Organisation]
) -> None:
    use = allowed(dataset)
    later = clock.now() + timedelta(hours=3)
    assert site_silence.tell(clock.now()) == 0
    assert [site_silence.tell(later), site_silence.tell(later)] == [1, 0]
    told = Notice.objects.get(person=owner[0], kind="farm.site_silent")
    assert told.params["site"] == "Machine room"
    waits = Notice.objects.get(person=use.asked_by, kind="farm.site_waits")
    assert "Machine room" not in str(waits.params)
    with clock.at(later):
        assert machine.get(f"{API}/site/tasks").status_code == 200
        assert site_silence.tell(clock.now() + timedelta(hours=3)) == 1


def test_a_site_that_nobody_uses_may_be_off(dataset: SiteDataset) -> None:
    asked(dataset)
    assert site_silence.tell(clock.now() + timedelta(days=1)) == 0
