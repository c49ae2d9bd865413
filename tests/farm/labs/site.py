"""A served installation with labs, and people who work in them."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from dure.cli.up import free_port
from dure.engines.environment import hub
from tests.cli.serving import ROOT, Served, bare_environment, serving
from tests.cli.waiting import until

PEOPLE = """
from tests.factories.people import member, organisation, person
house = organisation()
for name in {names}:
    member(person(f"{{name}}@example.org"), house)
person("outsider@example.org")
"""
LOOK = """
import json
from dure.farm.models import Job, Run
print(json.dumps([[str(job.person.uid), job.state, job.job_class, job.runs.count()]
                  for job in Job.objects.order_by("pk").select_related("person")]))
"""


@dataclass
class Site:
    """`dure up --labs` on a folder of its own."""

    served: Served
    folder: Path
    labs_port: int

    @property
    def labs_url(self) -> str:
        return f"http://localhost:{self.labs_port}"

    def manage(self, *words: str) -> str:
        """What a management command prints."""
        done = subprocess.run(
            [sys.executable, "-m", "dure.cli", "manage", *words],
            env=bare_environment(
                DURE_DATA=str(self.folder), PYTHONPATH=f"{ROOT / 'src'}:{ROOT}", DURE_LABS_URL=self.labs_url
            ),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def python(self, source: str) -> str:
        return self.manage("shell", "--no-imports", "-c", source)

    def link(self, name: str) -> str:
        return self.served.url.rstrip("/") + self.manage("login_link", f"{name}@example.org").strip()

    def jobs(self) -> list[list[Any]]:
        found: list[list[Any]] = json.loads(self.python(LOOK).splitlines()[-1])
        return found

    def open(self, name: str) -> "Visitor":
        """A person who has just opened their lab."""
        visitor = self.visitor(name)
        visitor.open()
        return visitor

    def visitor(self, name: str) -> "Visitor":
        """A person signed in to Dure."""
        visitor = Visitor(f"{self.labs_url}/hub/user-redirect/lab")
        assert visitor.do("enter", link=self.link(name))["status"] == 200
        return visitor


class Visitor:
    """One person's client; see `visitor.py`."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._process = subprocess.Popen(
            [str(hub().folder / "bin" / "python"), str(Path(__file__).with_name("visitor.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def do(self, what: str, **given: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": what, **given}) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def open(self, address: str = "") -> None:
        """Go to the lab, which starts it, and be there."""
        said = self.do("open", address=address or self._address)
        assert "base" in said, said

    def run(self, code: str) -> str:
        """What a cell prints; an error fails the test."""
        said = self.do("run", code=code)
        assert not said.get("error"), said
        assert "printed" in said, said
        return str(said["printed"])

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        said = self.do("ask", method=method, path=path, body=body)
        return said["status"], json.loads(said["text"]) if said.get("text", "").startswith(
            ("{", "[")
        ) else None

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait(timeout=20)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def labs_site(folder: Path, *names: str) -> Iterator[Site]:
    """An installation whose hub answers, with these people in one organisation, and an outsider in none."""
    port = free_port()
    with serving(folder, "--labs", str(port), DURE_LAB_MEMORY_MB="1024") as served:
        site = Site(served, folder, port)
        site.python(PEOPLE.format(names=list(names)))
        until(lambda: "JupyterHub is now running" in log_of(site), within_s=90)
        yield site


def log_of(site: Site) -> str:
    file = site.folder / "log" / "labs.log"
    return file.read_text() if file.exists() else ""
