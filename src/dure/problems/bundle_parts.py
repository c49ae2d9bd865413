"""How the parts of a Codabench bundle become rows of ours."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring.metrics import METRICS
from dure.foundation import markdown, workflow
from dure.foundation.access import SYSTEM, Audience, Role, has_role
from dure.people import api as people
from dure.problems.codabench import Bundle, Entry, Files, Program
from dure.problems.codabench import Page as BundlePage
from dure.problems.digests import digest
from dure.problems.models import Challenge, Page, Problem, ProblemTerms

SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
MOST_A_DAY: Final = 32767
MOST_A_PHASE: Final = 2**31 - 1
LONGEST_PAGE: Final = 60_000
TEMPLATE: Final = "codabench"
_OF_TASK: Final = ("index", "name", "description", "is_public", "key")
_OF_PHASE: Final = (
    *("name", "description", "tasks", "execution_time_limit", "auto_migrate", "hide_output"),
    *("hide_prediction_output", "hide_score_output", "accepts_only_result_submissions"),
)
# Names under which boards of real bundles show a metric that we have too.
ALIASES: Final = {
    "acc": "accuracy", "bac": "balanced_accuracy", "auc": "roc_auc", "auroc": "roc_auc", "roc_auc_score": "roc_auc",
    "average_precision": "pr_auc", "logloss": "log_loss", "f1_score": "f1", "macro_f1": "f1_macro", "micro_f1": "f1_micro",
    "r2_score": "r2", "map": "detection_map",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """What the importer chose. `answers` and `sample` are members of the bundle; empty ones and no metric are left to the host."""

    organisation: people.Organisation
    slug: str
    original: str = "en"
    sensitivity: str = "internal"
    licence: str = ""
    metric: str = ""
    answers: str = ""
    sample: str = ""


def origin(sha256: str) -> str:
    """What `imported_from` holds: 120 bits of the hash, which the column has room for; the whole hash stands in `imported`."""
    return f"codabench-{sha256[:30]}"


def clean(text: str) -> str:
    """Text that a database takes."""
    return UNSTORABLE.sub("", text)


def slug_for(title: str) -> str:
    """A first proposal for the address."""
    words = re.findall(r"[a-z0-9]+", title.lower())
    return "-".join(words)[:60].strip("-")


def metric_for(bundle: Bundle) -> str:
    """The built-in metric that the first board's primary column names, if one does."""
    for board in bundle.leaderboards[:1]:
        column = next((one for one in board.columns if one.index == board.primary_index), None)
        for name in (column.key, column.title) if column else ():
            key = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
            if ALIASES.get(key, key) in METRICS:
                return ALIASES.get(key, key)
    return ""


def answer_files(bundle: Bundle) -> list[Entry]:
    """Files of the reference data, one of which may be the table of answers."""
    return _entries([task.reference_data for task in bundle.tasks])


def sample_files(bundle: Bundle) -> list[Entry]:
    """Files of the sample solutions, one of which may show what to hand in."""
    return _entries([solution.files for solution in bundle.solutions])


def _entries(found: Sequence[Files | None]) -> list[Entry]:
    members = {entry.member: entry for files in found if files for entry in files.entries}
    return list(members.values())


def known_member(member: str, among: Sequence[Entry]) -> str:
    """The member, when it is one of those offered. Raises Faulty else: no other file of the bundle becomes answers or sample."""
    if member not in {entry.member for entry in among}:
        raise Faulty([Fault("member_unknown", {"member": member[:200]})])
    return member


def shared_files(bundle: Bundle, wish: Wish) -> list[tuple[str, str, str]]:
    """(part, filename, member) of what participants may have: public data, kits, the sample; inputs where the bundle says so.

    Reference data, programs and solutions that were not chosen as the sample stay in the bundle.
    """
    public = _entries([phase.public_data for phase in bundle.phases])
    kits = _entries([phase.starting_kit for phase in bundle.phases])
    inputs = _entries([task.input_data for task in bundle.tasks])
    secret = {entry.sha256 for entry in answer_files(bundle)}
    found = [("train", entry) for entry in public] + [("other", entry) for entry in kits]
    if bundle.options.make_input_data_available:
        found += [("test", entry) for entry in inputs]
    rows = [(part, _name(entry), entry.member) for part, entry in found if entry.sha256 not in secret]
    if wish.sample:
        rows.append(("sample", "sample_submission.csv", known_member(wish.sample, sample_files(bundle))))
    return _distinct(rows)


def _name(entry: Entry) -> str:
    return clean(entry.path).rpartition("/")[2][-150:] or "file"


def _distinct(rows: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Equal names get a number, so that no file takes the place of another."""
    seen: dict[str, int] = {}
    out = []
    for part, name, member in rows:
        seen[name] = seen.get(name, 0) + 1
        out.append((part, name if seen[name] == 1 else f"{seen[name]}-{name}", member))
    return out


def accepted_problem(by: people.Person, bundle: Bundle, wish: Wish) -> Problem:
    """The need, through its workflow: posted by the importer, then accepted; shown to nobody else until a host changes that."""
    code = wish.original
    with override(code):
        given = {
            f"title_{code}": clean(bundle.title)[:160] or wish.slug,
            f"summary_{code}": clean(bundle.description)[:600],
            f"hurts_{code}": clean(bundle.description)[:6000]
            or _("Imported; the bundle says no more than its pages."),
            f"data_{code}": _("As in the imported bundle."),
            f"worth_{code}": clean(bundle.reward)[:3000] or _("The imported bundle does not say."),
        }
    problem = Problem.objects.create(
        owner=by,
        organisation=wish.organisation,
        original=code,
        sensitivity=wish.sensitivity,
        contact=clean(bundle.contact_email)[:300] or by.email or "-",
        audience=Audience.PRIVATE,
        **given,
    )
    problem = workflow.perform(problem, "post", by=by)
    accepts = by if has_role(by, Role.SECRETARIAT) else SYSTEM
    return workflow.perform(problem, "accept", by=accepts, data={"route": "challenge", "curator": by})


def put_pages(challenge: Challenge, bundle: Bundle) -> None:
    """Pages as Markdown; HTML ones are sanitised here and once more when they are shown."""
    Page.objects.bulk_create(
        Page(
            challenge=challenge,
            number=number,
            title_ko=clean(page.title)[:120],
            title_en=clean(page.title)[:120],
            body_ko=_body(page),
            body_en=_body(page),
        )
        for number, page in enumerate(bundle.pages, start=1)
    )


def _body(page: BundlePage) -> str:
    text = clean(page.text)
    return (markdown.render(text) if page.format == "html" else text)[:LONGEST_PAGE]


def put_terms(problem: Problem, bundle: Bundle) -> None:
    """The bundle's terms in force, frozen under the hash of their words; both languages show the original."""
    body = _body(bundle.terms)
    if not body.strip():
        return
    words = {"body_ko": body, "body_en": body}
    for code in ("ko", "en"):
        with override(code):
            words[f"summary_{code}"] = _(
                "Terms of the imported challenge, in the words of its hosts. Read them in full."
            )
    sha256 = digest({"kind": "data_use", **words})
    ProblemTerms.objects.create(problem=problem, kind="data_use", template=TEMPLATE, sha256=sha256, **words)


def phases(bundle: Bundle) -> list[dict[str, Any]]:
    """Dates and limits; None (no limit) is our 0."""
    return [
        {
            "name_ko": clean(phase.name)[:120],
            "name_en": clean(phase.name)[:120],
            "starts_at": phase.start,
            "ends_at": phase.end,
            "per_day": min(phase.max_submissions_per_day or 0, MOST_A_DAY),
            "per_phase": min(phase.max_submissions or 0, MOST_A_PHASE),
        }
        for phase in bundle.phases
    ]


def kept(bundle: Bundle, *, sha256: str, dialect: str) -> dict[str, Any]:
    """What has no row of its own yet: fact sheet, boards, switches, and and of which files the programs consist.

    Of tasks and phases their words and switches are kept here too; dates and limits of phases are rows.
    """
    found = {
        "bundle": sha256,
        "dialect": dialect,
        "image": clean(bundle.docker_image),
        "options": asdict(bundle.options),
        "fact_sheet": [asdict(question) for question in bundle.fact_sheet],
        "leaderboards": [asdict(board) for board in bundle.leaderboards],
        "tasks": [_only(task, _OF_TASK) for task in bundle.tasks],
        "phases": [_only(phase, _OF_PHASE) for phase in bundle.phases],
        "programs": [
            _program(one)
            for task in bundle.tasks
            for one in (task.scoring_program, task.ingestion_program)
            if one
        ],
    }
    return _storable(found)  # type: ignore[no-any-return]  # a dict in, a dict out


def _only(one: Any, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(one, name) for name in names}


def _program(program: Program) -> dict[str, Any]:
    """What it consists of, for the record; the bytes stay in the bundle's blob, and run where the importer chose so."""
    files = [
        {"path": entry.path, "member": entry.member, "sha256": entry.sha256}
        for entry in program.files.entries
    ]
    return {"role": program.role, "words": list(program.words), "files": files}


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(key)): _storable(item) for key, item in value.items()}
    return [_storable(item) for item in value] if isinstance(value, list | tuple) else value
