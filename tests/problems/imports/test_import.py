"""Importing a bundle: looked at first, then whole or not at all, once, and never run."""

import hashlib
import io
from typing import Any

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dure.engines.faults import Faulty
from dure.foundation import files
from dure.foundation.access import Denied, Hidden, Role
from dure.foundation.models import AuditEntry
from dure.people.actions.tokens import create_token
from dure.people.models import Organisation, Person
from dure.problems import bundle_parts as parts
from dure.problems.actions import bundles
from dure.problems.models import Challenge, Page, Phase, Problem, ProblemTerms
from tests.factories.people import client_of, member, organisation, person
from tests.factories.problems import accepted_need, csv_of, numbers
from tests.problems.codabench.bundles import FILES, manifest, phase, task_files, zipped

pytestmark = pytest.mark.django_db
ROWS = 60
ANSWERS, SAMPLE = "reference_data/answers.csv", "solution/sample.csv"


def bundle(**changes: Any) -> bytes:
    """A regression challenge with answers, public data, a sample solution, two phases and HTML in a page."""
    ids, truth = numbers(ROWS)
    said = manifest(
        description="Strength from the mix",
        pages=[{"title": "Overview", "file": "overview.md"}, {"title": "Data", "file": "data.html"}],
        phases=[
            phase(
                name="Warm-up",
                end="2026-01-31T00:00:00Z",
                max_submissions=7,
                public_data="public_data",
                description="Try it",
            ),
            phase(
                index=1,
                name="Final",
                start="2026-02-01T00:00:00Z",
                max_submissions_per_day=2,
                auto_migrate_to_this_phase=True,
            ),
        ],
        solutions=[{"index": 0, "tasks": [0], "path": "solution"}],
        fact_sheet={"method": {"type": "text", "title": "Which method?"}},
    )
    held = {
        **FILES,
        "data.html": "<h2>Data</h2><script>alert(1)</script><p onclick=x()>Rows</p>",
        ANSWERS: csv_of(id=ids, value=truth),
        SAMPLE: csv_of(id=ids, value=[0.5] * ROWS),
        "public_data/train.csv": csv_of(id=["a", "b"], value=[1.0, 2.0]),
        **changes,
    }
    return zipped({"competition.yaml": yaml.safe_dump(said, allow_unicode=True), **held})


def importer() -> tuple[Person, Organisation]:
    someone, firm = person(roles=[Role.SECRETARIAT]), organisation()
    member(someone, firm)
    return someone, firm


def looked(by: Person, content: bytes) -> bundles.Look:
    return bundles.look(by=by, stream=io.BytesIO(content))


def imported(content: bytes, **chosen: Any) -> Challenge:
    by, firm = importer()
    seen = looked(by, content)
    wish = parts.Wish(**{"organisation": firm, "slug": "concrete", **chosen})
    return bundles.import_bundle(by=by, sha256=seen.sha256, wish=wish)


def rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Problem, Challenge, Page, Phase, ProblemTerms))


def test_a_look_says_everything_and_creates_nothing() -> None:
    seen = looked(importer()[0], bundle())
    kinds = {one.kind for one in seen.report.creates}
    assert {"challenge", "page", "phase", "column", "scoring_program", "reference_data", "question"} <= kinds
    assert seen.report.faults == []
    assert rows() == (0, 0, 0, 0, 0)


def test_a_broken_bundle_shows_all_faults_at_once_and_cannot_be_imported() -> None:
    content = bundle(**{"terms.md": b"\xff\xfe\xff"})
    by, firm = importer()
    said = yaml.safe_dump(manifest(title=None, phases=[phase(start="someday")], leaderboards=[]))
    seen = looked(by, zipped({"competition.yaml": said, **FILES}))
    assert len(seen.report.faults) >= 3
    page = client_of(by).get(reverse("problems:import_look", args=[seen.sha256])).content.decode()
    assert "phases[0].start" in page
    with pytest.raises(Faulty) as error:
        bundles.import_bundle(by=by, sha256=seen.sha256, wish=parts.Wish(firm, "x"))
    assert len(error.value.faults) == len(seen.report.faults)
    assert rows() == (0, 0, 0, 0, 0)
    assert content


def test_an_import_is_a_draft_with_pages_phases_terms_and_what_else_was_said() -> None:
    challenge = imported(bundle())
    assert (challenge.state, challenge.problem.state, challenge.problem.audience) == (
        "draft",
        "accepted",
        "private",
    )
    assert challenge.problem.title_en == "Strength of concrete"
    assert [page.title_en for page in challenge.pages.all()] == ["Overview", "Data"]
    html = challenge.pages.get(number=2).body_en
    assert "script" not in html
    assert "onclick" not in html
    first, second = challenge.phases.all()
    assert (first.name_en, first.per_phase) == ("Warm-up", 7)
    assert first.ends_at is not None
    assert first.ends_at < second.starts_at
    assert (second.per_day, second.ends_at) == (2, None)
    terms = challenge.problem.terms.get()
    assert terms.body_ko == terms.body_en
    assert "Be fair." in terms.body_en
    assert len(terms.sha256) == 64
    assert challenge.imported["fact_sheet"][0]["key"] == "method"
    assert challenge.imported["leaderboards"][0]["columns"][0]["key"] == "rmse"
    assert challenge.imported["phases"][0]["description"] == "Try it"
    assert challenge.imported["phases"][1]["auto_migrate"]


def test_the_scoring_program_is_kept_with_its_hashes() -> None:
    challenge = imported(bundle())
    program = challenge.imported["programs"][0]
    assert program["role"] == "scoring"
    assert challenge.metric == ""
    sha256 = hashlib.sha256(FILES["scoring_program/scoring.py"].encode()).hexdigest()  # type: ignore[union-attr]  # it is text
    assert sha256 in {file["sha256"] for file in program["files"]}
    assert files.verify(challenge.imported["bundle"])


def test_answers_and_programs_never_become_files_of_participants() -> None:
    challenge = imported(
        bundle(**{"public_data/copy_of_answers.csv": csv_of(id=numbers(ROWS)[0], value=numbers(ROWS)[1])})
    )
    assert challenge.dataset is not None
    assert [(file.part, file.filename) for file in challenge.dataset.files.all()] == [("train", "train.csv")]


def test_a_column_is_mapped_to_a_built_in_metric_with_answers_and_sample() -> None:
    challenge = imported(bundle(), metric="rmse", answers=ANSWERS, sample=SAMPLE, licence="CC BY 4.0")
    assert challenge.metric == "rmse"
    assert challenge.answers is not None
    assert challenge.answers.rows == ROWS
    assert challenge.schema["id_columns"] == ["id"]
    assert challenge.dataset is not None
    assert challenge.dataset.licence == "CC BY 4.0"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_single_task_becomes_a_draft_to_be_finished(language: str) -> None:
    by, firm = importer()
    ids, truth = numbers(ROWS)
    data = zipped({"answers.csv": csv_of(id=ids, value=truth)})
    client = client_of(by)
    client.cookies["dure_language"] = language
    sent = client.post(
        reverse("problems:import"),
        {"file": SimpleUploadedFile("task.zip", zipped(task_files({"answers.zip": data})))},
    )
    page = client.get(sent["Location"]).content.decode()
    assert ("과제 하나" if language == "ko" else "a single task") in page
    chosen = {
        "organisation": firm.pk, "slug": "one-task", "original": "en", "sensitivity": "internal", "licence": "",
        "metric": "", "answers": "answers.zip//answers.csv", "sample": "",
    }  # fmt: skip
    done = client.post(sent["Location"], chosen)
    assert done["Location"] == "/challenges/one-task"
    assert client.get(done["Location"]).status_code == 200
    challenge = Challenge.objects.get(slug="one-task")
    assert (challenge.state, challenge.problem.title_en, challenge.imported["dialect"]) == (
        "draft",
        "Strength",
        "task",
    )
    assert AuditEntry.objects.get(action="challenge.draft_answers").detail == {"rows": ROWS}
    assert (challenge.phases.count(), challenge.pages.count(), challenge.problem.terms.count()) == (0, 0, 0)
    assert challenge.imported["programs"][0]["words"] == ["python3", "score.py"]
    assert challenge.imported["tasks"] == [
        {"index": 0, "name": "Strength", "description": "From the mix", "is_public": True, "key": ""}
    ]


def test_a_broken_task_shows_all_its_faults_in_the_dry_run() -> None:
    by, _ = importer()
    seen = looked(by, zipped(task_files(name=None, description=None, input_data={"zip": "gone.zip"})))
    page = client_of(by).get(reverse("problems:import_look", args=[seen.sha256])).content.decode()
    assert {fault.place for fault in seen.report.faults} == {"name", "description", "input_data.zip"}
    assert "gone.zip" in page
    assert "h-go" not in page


@pytest.mark.parametrize(
    ("key", "metric"), [("rmse", "rmse"), ("AUC", "roc_auc"), ("accuracy", "accuracy"), ("my_score", "")]
)
def test_the_metric_is_guessed_from_the_boards_column(key: str, metric: str) -> None:
    board = {"title": "R", "key": "main", "columns": [{"title": "Score", "key": key, "index": 0}]}
    said = yaml.safe_dump(manifest(leaderboards=[board]))
    report = looked(importer()[0], zipped({"competition.yaml": said, **FILES})).report
    assert report.bundle is not None
    assert parts.metric_for(report.bundle) == metric


@pytest.mark.parametrize(
    "chosen",
    [{"answers": "scoring_program/scoring.py"}, {"sample": ANSWERS}, {"answers": "../../etc/passwd"}],
)
def test_only_files_that_were_offered_become_answers_or_sample(chosen: dict[str, str]) -> None:
    with pytest.raises(Faulty, match="member_unknown"):
        imported(bundle(), **chosen)
    assert rows() == (0, 0, 0, 0, 0)


def test_a_failure_at_the_very_end_leaves_nothing() -> None:
    with pytest.raises(Faulty):
        imported(bundle(), metric="wis", answers=ANSWERS, sample=SAMPLE)
    assert rows() == (0, 0, 0, 0, 0)


def test_the_same_file_is_imported_once() -> None:
    content = bundle()
    first = imported(content)
    again = imported(content, slug="another")
    assert again.pk == first.pk
    assert Challenge.objects.count() == 1


def test_only_the_secretariat_and_curators_import_and_only_what_they_looked_at() -> None:
    by, firm = importer()
    seen = looked(by, bundle())
    with pytest.raises(Denied, match="not_importer"):
        looked(person(), bundle())
    with pytest.raises(Hidden):
        bundles.import_bundle(by=importer()[0], sha256=seen.sha256, wish=parts.Wish(firm, "x"))
    curator = accepted_need().curator
    assert curator is not None
    mine = looked(curator, bundle())
    with pytest.raises(Denied, match="not_member"):
        bundles.import_bundle(by=curator, sha256=mine.sha256, wish=parts.Wish(firm, "x"))
    member(curator, firm)
    made = bundles.import_bundle(by=curator, sha256=mine.sha256, wish=parts.Wish(firm, "x"))
    assert made.problem.curator == curator
    assert Client().get(reverse("problems:import")).status_code == 403


@pytest.mark.parametrize("slug", ["", "Big", "with space", "-x", "a/b", "x" * 61, "한글"])
def test_an_address_is_checked(slug: str) -> None:
    with pytest.raises(Denied, match="bad_slug"):
        imported(bundle(), slug=slug)


@pytest.mark.parametrize(
    "content", [b"", b"not a zip", zipped({"../competition.yaml": "version: 2"}), zipped({"a.txt": "x"})]
)
def test_hostile_and_empty_files_are_refused_with_reasons(content: bytes) -> None:
    by, _ = importer()
    client = client_of(by)
    page = client.post(
        reverse("problems:import"), {"file": SimpleUploadedFile("b.zip", content)}, follow=True
    )
    assert page.status_code == 200
    assert 'class="faults"' in page.content.decode()
    assert "h-go" not in page.content.decode()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_pages_lead_from_the_file_to_the_draft(language: str) -> None:
    by, firm = importer()
    client = client_of(by)
    client.cookies["dure_language"] = language
    sent = client.post(reverse("problems:import"), {"file": SimpleUploadedFile("b.zip", bundle())})
    assert sent.status_code == 302
    page = client.get(sent["Location"]).content.decode()
    assert "scoring_program" in page
    chosen = {
        "organisation": firm.pk, "slug": "concrete", "original": "ko", "sensitivity": "internal", "licence": "",
        "metric": "rmse", "answers": ANSWERS, "sample": SAMPLE,
    }  # fmt: skip
    assert client.post(sent["Location"], {**chosen, "answers": ""}).status_code == 422
    done = client.post(sent["Location"], chosen)
    assert done["Location"] == "/challenges/concrete"
    assert client.get(done["Location"]).status_code == 200
    assert "concrete" in client.get(sent["Location"]).content.decode()
    assert client_of(person()).get(done["Location"]).status_code == 404


def test_rest_does_what_the_pages_do() -> None:
    by, firm = importer()
    plain = create_token(by, name="x", scopes=["host"], days=1).plain
    client, headers = Client(), {"authorization": f"Bearer {plain}"}
    seen = client.post("/api/v1/bundles", {"file": SimpleUploadedFile("b.zip", bundle())}, headers=headers)
    assert seen.status_code == 200, seen.content
    told = seen.json()
    assert (told["importable"], told["answers"], told["samples"]) == (True, [ANSWERS], [SAMPLE])
    body = {
        "organisation": str(firm.uid),
        "slug": "concrete",
        "metric": "rmse",
        "answers": ANSWERS,
        "sample": SAMPLE,
    }
    confirm = f"/api/v1/bundles/{told['sha256']}/confirm"
    made = client.post(confirm, body, content_type="application/json", headers=headers)
    assert (made.status_code, made.json()) == (201, {"slug": "concrete", "state": "draft"})
    unseen = f"/api/v1/bundles/{'0' * 64}/confirm"
    assert client.post(unseen, body, content_type="application/json", headers=headers).status_code == 404
