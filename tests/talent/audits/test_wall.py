"""Nothing but audits can read what people say of themselves: by import, by table, by a name that leads back from a person."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from django.apps import apps

from dure.people.models import Person
from dure.talent import models
from dure.talent.models.demographic import DemographicAnswer

ROOT = Path(__file__).resolve().parents[3]
SOURCE = ROOT / "src" / "dure"
ALLOWED = (
    "talent/audits/",
    "talent/migrations/",
    "talent/models/",
    "locale/",
    "talent/templates/talent/audits/",
)
FOLDERS = ("profiles", "openings", "matching", "applications", "rounds")
NAMED = re.compile("demographic", re.IGNORECASE)


def reading(folder: Path) -> list[str]:
    """Files outside audits and rows that name the answers in whatever way: import, table, model string, query name, address."""
    found = (path for end in ("*.py", "*.html", "*.sql") for path in folder.rglob(end))
    named = ((path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")) for path in found)
    return [name for name, text in named if not name.startswith(ALLOWED) and NAMED.search(text)]


def test_no_other_file_names_the_answers() -> None:
    assert reading(SOURCE) == []


def test_a_file_that_names_them_would_be_found(tmp_path: Path) -> None:
    folder = tmp_path / "talent" / "matching"
    folder.mkdir(parents=True)
    (folder / "score.py").write_text('rows = apps.get_model("talent", "DemographicAnswer").objects.all()\n')
    (folder / "table.py").write_text('cursor.execute("select value from talent_demographicanswer")\n')
    assert sorted(reading(tmp_path)) == ["talent/matching/score.py", "talent/matching/table.py"]


def test_nothing_leads_from_a_person_to_an_answer() -> None:
    backward = [
        one for one in Person._meta.get_fields(include_hidden=True) if one.related_model is DemographicAnswer
    ]
    assert all(one.is_relation and one.hidden for one in backward)
    assert not [name for name in dir(Person) if NAMED.search(name)]
    pointing = [
        field.name
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.related_model is DemographicAnswer
    ]
    assert pointing == []


def test_the_rows_door_does_not_hand_them_out() -> None:
    assert "DemographicAnswer" not in models.__all__
    assert not hasattr(models, "DemographicAnswer")


def test_the_wall_breaks_when_another_folder_imports_them(tmp_path: Path) -> None:
    copied = tmp_path / "src" / "dure"
    shutil.copytree(
        SOURCE / "talent", copied / "talent", ignore=shutil.ignore_patterns("templates", "__pycache__")
    )
    (copied / "__init__.py").touch()
    assert walled(tmp_path) == ""
    for folder in FOLDERS:
        intruder = copied / "talent" / folder / "intruder.py"
        intruder.write_text("from dure.talent.models.demographic import DemographicAnswer\n")
    said = walled(tmp_path)
    assert [folder for folder in FOLDERS if f"dure.talent.{folder}.intruder" not in said] == []


def walled(home: Path) -> str:
    """What the contract of the answers says of a copy of talent; nothing where it is kept."""
    contract = (ROOT / ".importlinter").read_text().split("[importlinter:contract:answers-apart]")[1]
    head = "[importlinter]\nroot_package = dure\n[importlinter:contract:answers-apart]"
    (home / "walls.ini").write_text(head + contract.split("[importlinter:contract:")[0])
    lint = Path(sys.executable).with_name("lint-imports")
    asked = [str(lint), "--config", "walls.ini", "--no-cache"]
    done = subprocess.run(
        asked, cwd=home, env={"PYTHONPATH": "src"}, capture_output=True, text=True, check=False
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr
