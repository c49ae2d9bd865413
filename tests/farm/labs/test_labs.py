"""Labs as Dure sees them: who may have one, what a link lays down, what idleness and leaving end. No sandbox is needed."""

import io
import json
import socket
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dure.engines import sandbox
from dure.farm import api as farm
from dure.farm.labs import actions, homes, idle
from dure.farm.labs.claims import Claims
from dure.farm.models import Job, Lab
from dure.foundation import clock, files
from dure.foundation.access import Denied, Hidden
from dure.foundation.models import Notice
from dure.people.actions.accounts import delete_account
from dure.people.models import Person
from tests.factories.farm import begun, machine
from tests.factories.people import client_of, member, organisation, person
from tests.factories.problems import open_challenge

pytestmark = pytest.mark.django_db
KEY = "the-hubs-own-key"


@pytest.fixture(autouse=True)
def hub_there(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """Labs are on, and something listens where their hub does."""
    settings.LABS_URL = "http://labs.example"
    settings.DATA = tmp_path
    monkeypatch.setenv("DURE_DATA", str(tmp_path))
    (tmp_path / "labs").mkdir()
    (tmp_path / "labs" / "keys.json").write_text(json.dumps({"door": KEY, "client": "x"}))
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "labs" / "hub.sock"))
        listening.listen()
        yield listening


@pytest.fixture
def ann() -> Person:
    made = person()
    member(made, organisation())
    return made


def hub(what: str, body: Any, key: str = KEY) -> Any:
    header = {"Authorization": f"Bearer {key}"}
    return Client().post(f"/labs/hub/{what}", body, content_type="application/json", headers=header)


def running_since(who: Person, used_at: datetime) -> Lab:
    begun(actions.start(who.uid), machine())
    Lab.objects.filter(person=who).update(used_at=used_at)
    return Lab.objects.get(person=who)


def test_the_hub_starts_looks_and_stops_with_its_key(ann: Person) -> None:
    job = hub("start", {"person": ann.uid.hex}).json()["job"]
    found = Job.objects.get(uid=job)
    assert (found.job_class, found.person, found.sealed, found.repeatable) == ("lab", ann, True, False)
    assert found.wants.home == ann.uid.hex
    said = hub("look", {"job": job, "active": ""}).json()
    assert (said["state"], said["why"]) == ("queued", "팜에 자리가 나기를 기다립니다.")
    begun(found, machine())
    said = hub("look", {"job": job, "active": ""}).json()
    assert (said["state"], said["attempt"], said["relay"].endswith(found.uid.hex)) == ("running", 1, True)
    hub("stop", {"job": job})
    assert hub("look", {"job": job, "active": ""}).json()["state"] == "over"


@pytest.mark.parametrize("key", ["", "wrong", "열쇠".encode().decode("latin-1")])
def test_without_the_key_there_is_no_door(ann: Person, key: str) -> None:
    assert hub("start", {"person": ann.uid.hex}, key).status_code == 404
    assert client_of(ann).post("/labs/hub/start", {"person": ann.uid.hex}).status_code == 404


def test_the_hub_is_told_what_it_cannot_have(ann: Person) -> None:
    stranger = person()
    refused = hub("start", {"person": stranger.uid.hex})
    assert refused.status_code == 409
    assert refused.json()["message"]
    assert hub("start", {"person": "nonsense"}).status_code == 400
    assert hub("look", {"job": ann.uid.hex, "active": ""}).status_code == 404


@pytest.mark.parametrize("active", ["2026-01-01T00:00:00", "yesterday", 5])
def test_a_question_that_cannot_be_read_is_the_hubs_mistake(ann: Person, active: Any) -> None:
    assert hub("look", {"job": ann.uid.hex, "active": active}).status_code == 400
    assert hub("start", ["person"]).status_code == 400
    assert hub("start", {"person": 7}).status_code == 400


def test_what_breaks_here_is_not_called_the_hubs_mistake(
    ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Any) -> Job:
        raise ValueError("ours")

    monkeypatch.setattr(actions, "start", broken)
    with pytest.raises(ValueError, match="ours"):
        hub("start", {"person": ann.uid.hex})


def test_the_key_is_read_once(ann: Person, tmp_path: Path) -> None:
    assert hub("start", {"person": ann.uid.hex}).status_code == 200
    (tmp_path / "labs" / "keys.json").unlink()
    assert hub("start", {"person": ann.uid.hex}).status_code == 200


def test_a_second_start_ends_the_first(ann: Person) -> None:
    first, second = actions.start(ann.uid), actions.start(ann.uid)
    first.refresh_from_db()
    assert (first.state, second.state) == ("cancelled", "queued")


def test_another_kind_of_job_cannot_be_stopped_through_the_hubs_door(ann: Person) -> None:
    other = farm.submit(farm.JobSpec(command=("true",)), name="not a lab", person=ann)
    with pytest.raises(Hidden):
        actions.stop(other.uid)


def test_only_members_are_let_in(ann: Person) -> None:
    claims = Claims()
    assert claims.get_claims("userinfo", ann, None, [])["groups"] == ["labs"]
    assert claims.get_claims("userinfo", person(), None, [])["groups"] == []
    assert "email" not in claims.get_claims("userinfo", ann, None, ["email"])


def test_opening_twice_makes_two_copies_and_writes_over_nothing(ann: Person) -> None:
    challenge = open_challenge()
    work = {"source": "challenge", "ref": challenge.slug}
    first = client_of(ann).post("/labs/open", work)
    home = homes.home_of(ann.uid)
    notebook = home / challenge.slug / "notebook.ipynb"
    notebook.write_text("mine")
    second = client_of(ann).post("/labs/open", work)
    assert first["Location"].startswith("http://labs.example/hub/user-redirect/lab/tree/")
    assert first["Location"] != second["Location"]
    assert notebook.read_text() == "mine"
    copies = sorted(path.name for path in home.iterdir())
    assert copies == [challenge.slug, f"{challenge.slug}-2"]
    assert challenge.dataset is not None
    names = {path.name for path in (home / copies[1]).iterdir()}
    assert {file.filename for file in challenge.dataset.files.all()} | {"notebook.ipynb"} == names
    assert json.loads((home / copies[1] / "notebook.ipynb").read_text())["nbformat"] == 4


def test_a_look_at_a_link_changes_nothing_and_hidden_things_stay_hidden(ann: Person) -> None:
    assert client_of(ann).get("/labs/open?source=empty").status_code == 200
    assert not list(homes.home_of(ann.uid).iterdir())
    for ref in ("source=challenge&ref=no-such", "source=nothing"):
        assert client_of(ann).get(f"/labs/open?{ref}").status_code == 404


def test_a_link_laid_in_a_home_leads_no_copy_astray(ann: Person, tmp_path: Path) -> None:
    home, elsewhere = homes.home_of(ann.uid), tmp_path / "elsewhere"
    elsewhere.mkdir()
    (home / "notebook").symlink_to(elsewhere)
    assert "notebook-2" in actions.open_work(ann, farm.LabWork(folder="notebook", title="x"))
    assert not list(elsewhere.iterdir())


@pytest.mark.parametrize("name", ["../../up", "/etc/passwd", "..", ".hidden", "a b/c"])
def test_names_stay_inside(ann: Person, name: str) -> None:
    blob = files.put_bytes(b"x")
    actions.open_work(ann, farm.LabWork(folder=name, title="x", files=(farm.LabFile(name, blob.sha256),)))
    (folder,) = homes.home_of(ann.uid).iterdir()
    assert len(list(folder.iterdir())) == 2


def test_a_full_home_takes_no_more(ann: Person, settings: Any) -> None:
    settings.LAB_HOME_BYTES = 100_000
    blob = files.put_bytes(b"x" * 200_000)
    with pytest.raises(Denied, match="lab_home_full"):
        actions.open_work(ann, farm.LabWork(folder="w", title="x", files=(farm.LabFile("f", blob.sha256),)))
    assert not list(homes.home_of(ann.uid).iterdir())


def test_names_that_look_alike_once_they_are_plain_are_told_apart(ann: Person) -> None:
    names = ["a b.csv", "a-b.csv", "a/b.csv", "notebook.ipynb", "가" * 100 + ".csv"]
    blobs = [files.put_bytes(name.encode()) for name in names]
    given = tuple(farm.LabFile(name, blob.sha256) for name, blob in zip(names, blobs, strict=True))
    actions.open_work(ann, farm.LabWork(folder="w", title="x", files=given))
    folder = homes.home_of(ann.uid) / "w"
    laid = farm.laid_names(names)
    assert [(folder / name).read_text() for name in laid] == names
    assert laid[:4] == ["a-b.csv", "a-b-2.csv", "a-b-3.csv", "notebook-2.ipynb"]
    assert laid[4].endswith("가.csv")
    assert json.loads((folder / "notebook.ipynb").read_text())["nbformat"] == 4


def zipped(**members: str) -> str:
    """A kept archive of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return files.put_bytes(made.getvalue()).sha256


def test_an_archive_is_laid_unpacked_in_a_folder_beside_the_notebook(ann: Person) -> None:
    kept = zipped(**{"a.csv": "1", "deep/er/b.csv": "22"})
    opened = farm.LabWork(folder="w", title="x", files=(farm.LabFile("data", kept, unpack=True),))
    actions.open_work(ann, opened)
    actions.open_work(ann, opened)
    for folder in ("w", "w-2"):
        found = homes.home_of(ann.uid) / folder
        below = {str(path.relative_to(found)): path.read_text() for path in found.rglob("*.csv")}
        assert below == {"data/a.csv": "1", "data/deep/er/b.csv": "22"}


@pytest.mark.parametrize("members", [{"../up": "x"}, {"a": "x" * 300_000}], ids=["leads out", "too large"])
def test_an_archive_that_does_not_fit_leaves_nothing(
    ann: Person, settings: Any, members: dict[str, str]
) -> None:
    settings.LAB_HOME_BYTES = 200_000
    laid = farm.LabFile("data", zipped(**members), unpack=True)
    with pytest.raises(Denied, match="lab_home_full"):
        actions.open_work(ann, farm.LabWork(folder="w", title="x", files=(laid,)))
    assert not list(homes.home_of(ann.uid).iterdir())


def test_a_notebook_that_asks_for_the_data_finds_it(ann: Person) -> None:
    challenge = open_challenge()
    assert challenge.dataset is not None
    table = next(file for file in challenge.dataset.files.all() if file.filename.endswith(".csv"))
    type(table).objects.filter(pk=table.pk).update(filename="train set.csv")
    client_of(ann).post("/labs/open", {"source": "challenge", "ref": challenge.slug})
    folder = homes.home_of(ann.uid) / challenge.slug
    assert "'train-set.csv'" in (folder / "notebook.ipynb").read_text()
    assert (folder / "train-set.csv").exists()


def test_no_page_walks_through_a_home(ann: Person, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """A stranger may have made it so that a walk takes minutes: the runner looks, and pages say what it saw."""

    def walked(*_: Any, **__: Any) -> Any:
        raise AssertionError("a request walked through a home")

    monkeypatch.setattr(sandbox, "walk", walked)
    homes.note(ann.uid, 3 * 1024**2)
    client = client_of(ann)
    assert client.get("/api/v1/lab").json()["used_bytes"] == 3 * 1024**2
    assert client.get("/labs").status_code == 200
    actions.open_work(ann, farm.LabWork(folder="w", title="x", cells=(("code", "x" * 1000),)))
    assert 1000 < client.get("/api/v1/lab").json()["used_bytes"] - 3 * 1024**2 < 2000
    settings.LAB_HOME_BYTES = 3 * 1024**2
    with pytest.raises(Denied, match="lab_home_full"):
        actions.open_work(ann, farm.LabWork(folder="w", title="x"))


def test_an_idle_lab_is_warned_of_then_closed_and_a_used_one_is_not(ann: Person) -> None:
    start = clock.now()
    lab = running_since(ann, start)
    with clock.at(start + timedelta(minutes=49)):
        assert idle.settle(clock.now()) == 0
    with clock.at(start + timedelta(minutes=50)):
        assert (idle.settle(clock.now()), idle.settle(clock.now())) == (1, 0)
    assert Notice.objects.filter(person=ann, kind="labs.closing").count() == 1
    with clock.at(start + timedelta(minutes=61)):
        assert idle.settle(clock.now()) == 1
    lab.refresh_from_db()
    assert lab.job is not None
    assert lab.job.state == "cancelled"
    assert Notice.objects.filter(person=ann, kind="labs.closed").count() == 1


def test_use_after_the_warning_keeps_the_lab(ann: Person) -> None:
    start = clock.now()
    lab = running_since(ann, start)
    assert lab.job is not None
    with clock.at(start + timedelta(minutes=55)):
        idle.settle(clock.now())
        actions.look(lab.job.uid, used_at=clock.now())
    with clock.at(start + timedelta(minutes=70)):
        assert idle.settle(clock.now()) == 0
    with clock.at(start + timedelta(minutes=106)):
        assert idle.settle(clock.now()) == 1
    assert Notice.objects.filter(person=ann, kind="labs.closing").count() == 2


def test_a_warning_is_always_ten_minutes_before(ann: Person) -> None:
    """Also where the clock stood still and the lab is long idle when it is first looked at."""
    start = clock.now()
    lab = running_since(ann, start)
    with clock.at(start + timedelta(hours=3)):
        assert idle.settle(clock.now()) == 1
        assert idle.settle(clock.now()) == 0
    lab.refresh_from_db()
    assert lab.job is not None
    assert lab.job.is_open


def test_a_lab_is_ended_by_its_person(ann: Person) -> None:
    client = client_of(ann)
    job = actions.start(ann.uid)
    assert client.get("/labs").status_code == 200
    assert client.get("/api/v1/lab").json()["state"] == "queued"
    assert client.post("/labs/stop").status_code == 302
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert client.post("/api/v1/lab/stop", content_type="application/json").status_code in {403, 409}


def test_without_a_hub_no_lab_is_offered_and_nothing_is_laid(ann: Person, hub_there: socket.socket) -> None:
    """Its socket is left behind, as by one that was killed; and it comes again."""
    client = client_of(ann)
    offered = ["http://labs.example/hub", "/labs/open?source=empty"]
    assert all(address in client.get("/labs").content.decode() for address in offered)
    hub_there.close()
    page = client.get("/labs")
    assert page.status_code == 200
    assert not any(address in page.content.decode() for address in offered)
    assert "<button>" not in client.get("/labs/open?source=empty").content.decode().partition("<main")[2]
    assert client.post("/labs/open", {"source": "empty"}).status_code in {403, 409}
    assert not list(homes.home_of(ann.uid).iterdir())
    with pytest.raises(Denied, match="labs_away"):
        actions.open_work(ann, farm.LabWork(folder="w", title="x"))


def test_the_data_page_of_a_challenge_opens_its_files_in_a_lab(ann: Person, hub_there: socket.socket) -> None:
    challenge = open_challenge()
    address, client = f"/challenges/{challenge.slug}/data", client_of(ann)
    link = f"/labs/open?source=challenge&amp;ref={challenge.slug}"
    assert link in client.get(address).content.decode()
    assert link not in Client().get(address).content.decode()
    assert challenge.dataset is not None
    names = [file.filename for file in challenge.dataset.files.all()]
    page = client.get(link.replace("&amp;", "&")).content.decode()
    assert all(name in page for name in names)
    hub_there.close()
    assert link not in client.get(address).content.decode()


def test_the_page_says_how_to_enable_labs(ann: Person, settings: Any) -> None:
    settings.LABS_URL = ""
    assert "dure up --labs" in client_of(ann).get("/labs").content.decode()
    assert client_of(ann).get("/api/v1/lab").status_code == 403


def test_a_deleted_account_takes_its_home_along(ann: Person, django_capture_on_commit_callbacks: Any) -> None:
    job = actions.start(ann.uid)
    (homes.home_of(ann.uid) / "work.txt").write_text("mine")
    with django_capture_on_commit_callbacks(execute=True):
        delete_account(ann)
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert not list((homes.home_of(ann.uid).parent).glob(f"{ann.uid.hex}/*"))
