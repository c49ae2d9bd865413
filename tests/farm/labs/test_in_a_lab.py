"""What a person does in a lab, what a stranger's cell tries there, and what is left when things are killed."""

import json
import os
import signal
import socket
from collections.abc import Iterator

import httpx
import pytest

from dure.cli.installation import is_alive
from tests.cli.serving import descendants_of
from tests.cli.waiting import until
from tests.farm.labs.site import Site, Visitor, log_of

pytestmark = [pytest.mark.labs, pytest.mark.sandbox, pytest.mark.slow]
TRY_TCP = """
import socket
def tried(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError as error:
        return type(error).__name__
    return "REACHED"
print([tried(port) for port in {ports}])
"""
TRY_UNIX = """
import socket
def tried(path):
    try:
        socket.socket(socket.AF_UNIX).connect(path)
    except OSError as error:
        return type(error).__name__
    return "REACHED"
print([tried(path) for path in {paths}])
"""
ASK_HUB = """
import asyncio, os, aiohttp
async def asked(method, path, token, **more):
    connector = aiohttp.UnixConnector("/run/relay/hub.sock")
    async with aiohttp.ClientSession(connector=connector) as session:
        headers = {{"Authorization": f"token {{token}}"}} if token else {{}}
        async with session.request(method, f"http://hub{{path}}", headers=headers, **more) as answer:
            return answer.status
own = os.environ["JUPYTERHUB_API_TOKEN"]
me = os.environ["JUPYTERHUB_USER"]
tries = {tries}
print(await asyncio.gather(*(asked(method, path.format(me=me), {{"own": own}}.get(token, token)) for method, path, token in tries)))
"""
PRESTART = """
from dure.farm import api as farm
from dure.people.models import Person
print(farm.prestart_labs(Person.objects.filter(email="ann@example.org")))
"""


@pytest.fixture(scope="module")
def ann(site: Site) -> Iterator[Visitor]:
    with site.open("ann") as visitor:
        yield visitor


@pytest.fixture(scope="module")
def bob(site: Site) -> Iterator[Visitor]:
    with site.open("bob") as visitor:
        yield visitor


def test_a_lab_that_was_started_beforehand_is_the_one_its_person_opens(site: Site) -> None:
    """The first of all: nobody has been in a lab yet, and on two cores there is room for two."""
    assert site.python(PRESTART).splitlines()[-1] == "0"
    until(lambda: [job[1] for job in site.jobs()] == ["running"], within_s=90)
    before = site.jobs()
    assert site.python(PRESTART).splitlines()[-1] == "0"
    with site.open("ann") as visitor:
        assert visitor.run("print(6 * 7)") == "42\n"
    assert site.jobs() == before


def test_a_cell_runs_in_a_job_of_the_farm_with_the_packages_of_labs(site: Site, ann: Visitor) -> None:
    assert ann.run("print(6 * 7)") == "42\n"
    assert ann.run("import pandas, sklearn; print(pandas.DataFrame({'a': [1, 2]}).a.sum())") == "3\n"
    assert ["running", "lab"] in [job[1:3] for job in site.jobs()]


def test_a_course_lab_reads_its_data_where_its_lesson_does(ann: Visitor) -> None:
    """/data is the folder beside the notebook, for each notebook its own."""
    laid = "import os; os.makedirs('{0}/data', exist_ok=True); open('{0}/data/x', 'w').write('{0}')"
    read = "os.chdir('/home/lab/{0}'); print(open('/data/x').read())"
    for name in ("one", "two"):
        ann.run("import os; os.chdir('/home/lab')")
        ann.run(laid.format(name))
        assert ann.run(read.format(name)) == f"{name}\n"
    ann.run("os.chdir('/home/lab')")


def test_no_service_of_this_machine_is_reached_from_a_cell(site: Site, ann: Visitor) -> None:
    """Controls: from outside, every one of these can be reached."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        ports = [site.served.port, site.labs_port, other.getsockname()[1]]
        for port in ports:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        assert set(json.loads(ann.run(TRY_TCP.format(ports=ports)).replace("'", '"'))) <= {
            "ConnectionRefusedError",
            "PermissionError",
        }
    database = next((site.folder / "run").glob(".s.PGSQL.*"))
    paths = [str(database), str(site.folder / "labs" / "hub.sock")]
    assert ann.run(TRY_UNIX.format(paths=paths)) == "['FileNotFoundError', 'FileNotFoundError']\n"
    for path in paths:
        with socket.socket(socket.AF_UNIX) as outside:
            outside.connect(path)


def test_the_relay_gives_nothing_of_the_hub_without_proof(ann: Visitor) -> None:
    tries = [
        ("GET", "/hub/api/user", "own"),
        ("GET", "/hub/api/user", "made-up"),
        ("GET", "/hub/api/user", ""),
        ("GET", "/hub/api/users", "own"),
        ("GET", "/hub/api/users/{me}", "own"),
        ("POST", "/hub/api/users/{me}/tokens", "own"),
        ("DELETE", "/hub/api/users/{me}/server", "own"),
        ("GET", "/hub/home", "own"),
        ("POST", "/hub/api/users/{me}/activity", "made-up"),
        ("POST", "/hub/api/oauth2/token", ""),
    ]
    assert ann.run(ASK_HUB.format(tries=tries)) == "[200, 403, 404, 404, 404, 404, 404, 404, 404, 404]\n"


def test_nobody_elses_files_and_processes_are_seen(site: Site, ann: Visitor, bob: Visitor) -> None:
    bob.run("open('secret.txt', 'w').write('lighthouse')")
    homes = list((site.folder / "labs" / "homes").iterdir())
    assert [home for home in homes if (home / "secret.txt").exists()], "a control: it lies on the disk"
    found = ann.run(
        "import os\n"
        "places = [root for root, _, names in os.walk('/', onerror=None) if 'secret.txt' in names and '/proc' not in root]\n"
        f"print(places, os.path.exists({str(site.folder)!r}), os.listdir('/home'))"
    )
    assert found == "[] False ['lab']\n"
    seen = ann.run(
        "import os; print(sorted({open(f'/proc/{pid}/comm').read().strip() for pid in os.listdir('/proc') if pid.isdigit()}))"
    )
    assert "postgres" not in seen
    assert "granian" not in seen
    assert (
        ann.run("import os; print(len([pid for pid in os.listdir('/proc') if pid.isdigit()]) < 12)")
        == "True\n"
    )


def test_a_lab_cannot_have_its_hub_speak_to_another_socket(site: Site, ann: Visitor, bob: Visitor) -> None:
    """The hub holds on to the socket itself; a link in its place leads nowhere."""
    other = site.folder / "labs" / "hub.sock"
    ann.run(
        f"import os; os.rename('/run/relay/server.sock', '/run/relay/x'); os.symlink({str(other)!r}, '/run/relay/server.sock')"
    )
    assert ann.ask("GET", "/api/status")[0] == 200
    ann.run(
        "import os; os.unlink('/run/relay/server.sock'); os.rename('/run/relay/x', '/run/relay/server.sock')"
    )
    assert bob.ask("GET", "/api/status")[0] == 200


def test_who_is_not_signed_in_or_another_person_reaches_no_lab(
    ann: Visitor, bob: Visitor, site: Site
) -> None:
    base = str(ann.do("open", address=f"{site.labs_url}/hub/user-redirect/lab")["base"])
    assert httpx.get(f"{base}/api/contents", follow_redirects=False).status_code in {302, 403}
    theirs, bob_base = base, str(bob.do("open", address=f"{site.labs_url}/hub/user-redirect/lab")["base"])
    assert theirs != bob_base
    with site.visitor("bob") as visitor:
        visitor.do("open", address=f"{site.labs_url}/hub/user-redirect/lab")
        said = visitor.do("open", address=f"{theirs}/lab")
        assert said["status"] in {403, 404}


def test_a_link_into_another_persons_lab_shows_nothing_of_it(ann: Visitor, bob: Visitor, site: Site) -> None:
    """This answer of a notebook server is for everybody: a server that its person changed would give any page."""
    address = str(ann.do("open", address=f"{site.labs_url}/hub/user-redirect/lab")["base"]) + "/api"
    control = ann.do("get", url=address)
    assert (control["status"], "version" in control["text"]) == (200, True)
    for accept in ("*/*", "text/html"):
        said = bob.do("get", url=address, accept=accept)
        assert said["status"] in {403, 404}
        assert "version" not in said["text"]
        assert accept != "text/html" or "/hub/" in said["url"]
    assert httpx.get(address).status_code == 403


def test_the_hubs_own_pages_are_in_both_languages_and_lead_back(site: Site, ann: Visitor) -> None:
    home = ann.do("get", url=f"{site.labs_url}/hub/home")
    assert "내 실습 환경" in home["text"]
    assert "My Server" not in home["text"]
    nothing = ann.do("get", url=f"{site.labs_url}/hub/nothing")
    assert "여기에는 아무것도 없습니다" in nothing["text"]
    assert '/labs">' in nothing["text"]


def test_an_outsider_is_turned_away_at_the_hub(site: Site) -> None:
    with site.visitor("outsider") as outsider:
        said = outsider.do("open", address=f"{site.labs_url}/hub/user-redirect/lab")
        assert said["status"] == 403


def test_a_killed_hub_leaves_the_labs_alone(site: Site, ann: Visitor) -> None:
    ann.run("kept = 'still here'")
    started = log_of(site).count("is now running")
    os.kill(hub_of(site), signal.SIGKILL)
    until(lambda: log_of(site).count("is now running") > started, within_s=90)
    until(lambda: ann.ask("GET", "/api/status")[0] == 200, within_s=60)
    assert ann.run("print(kept)") == "still here\n"


def test_work_is_found_again_after_the_server_was_killed(site: Site, ann: Visitor) -> None:
    ann.run("open('work.txt', 'w').write('of hours'); open('work.txt').read()")
    before = len(site.jobs())
    assert lab_servers(site)
    for pid in lab_servers(site):
        os.kill(pid, signal.SIGKILL)
    until(lambda: not lab_servers(site), within_s=30)
    with site.open("ann") as again:
        assert again.run("print(open('work.txt').read())") == "of hours\n"
    until(lambda: len(site.jobs()) > before, within_s=10)
    assert not list((site.folder / "labs" / "relays").glob("*/environment.json"))


def test_a_stopped_installation_leaves_no_lab(site: Site) -> None:
    """Last: it ends what the others use."""
    children = descendants_of(site.served.process.pid)
    assert site.served.end() == 0
    until(lambda: not [pid for pid in children if is_alive(pid)], within_s=20)
    assert list((site.folder / "labs" / "homes").iterdir())


def hub_of(site: Site) -> int:
    state = json.loads((site.folder / "state.json").read_text())
    return int(state["processes"]["labs"])


def lab_servers(site: Site) -> list[int]:
    return [
        pid
        for pid, line in descendants_of(site.served.process.pid).items()
        if "jupyterhub.singleuser" in line and "bwrap" not in line
    ]
