"""A Codabench bundle as values. Equal bundles would create equal challenges, whatever dialect they were written in."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Literal, Protocol

from dure.engines.faults import Fault

Role = Literal["scoring", "ingestion", "ingestion_during_scoring", "submission"]
FilesKind = Literal["file", "zip", "folder", "elsewhere", "missing"]
PageFormat = Literal["markdown", "html"]
Sorting = Literal["desc", "asc"]
Dialect = Literal["2", "1.8", "1.5", "1", "task"]
"""Versions of a competition, or a single task."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file a reference leads to: its path inside the data set, and the member under which a bundle opens it."""

    path: str
    member: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Files:
    """What a reference leads to: a file, the contents of a zip or a folder, or nothing in this bundle.

    `elsewhere` is a UUID of a data set on another server and `missing` a path that is not in the archive;
    both have no entries. `path` is the reference as written, tidied.
    """

    path: str
    kind: FilesKind
    entries: tuple[Entry, ...] = ()

    @property
    def is_here(self) -> bool:
        return self.kind in ("file", "zip", "folder")

    @property
    def size(self) -> int:
        return sum(entry.size for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Program:
    """A scoring or ingestion program. `words` is the command to start, split and with the old `$input` words replaced."""

    role: Role
    files: Files
    command: str = ""
    words: tuple[str, ...] = ()
    description: str = ""
    is_legacy: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the challenge. The text is as it came: HTML in it must be sanitised before it is shown."""

    title: str
    files: Files
    text: str = ""
    format: PageFormat = "markdown"


@dataclass(frozen=True, slots=True)
class Question:
    """A line of the fact sheet that participants fill in with a submission; `selection` holds the choices of a select."""

    key: str
    type: Literal["checkbox", "text", "select"]
    title: str
    selection: tuple[str, ...] = ()
    is_required: bool = False
    is_on_leaderboard: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """Data and programs of one evaluation. `key` is set where the task lives on another server, and then all else is empty."""

    index: int
    name: str = ""
    description: str = ""
    is_public: bool = False
    key: str = ""
    scoring_program: Program | None = None
    ingestion_program: Program | None = None
    reference_data: Files | None = None
    input_data: Files | None = None
    ingestion_only_during_scoring: bool = False


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase. `tasks` are indexes of tasks; `max_…` None means no limit; the time limit is in seconds."""

    name: str
    start: datetime
    end: datetime | None
    tasks: tuple[int, ...]
    description: str = ""
    max_submissions: int | None = 100
    max_submissions_per_day: int | None = 5
    execution_time_limit: int = 600
    auto_migrate: bool = False
    hide_output: bool = False
    hide_prediction_output: bool = False
    hide_score_output: bool = False
    accepts_only_result_submissions: bool = False
    starting_kit: Files | None = None
    public_data: Files | None = None


@dataclass(frozen=True, slots=True)
class Solution:
    """A sample submission for some tasks: never the answers."""

    index: int
    tasks: tuple[int, ...]
    files: Files
    name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a board; `key` is the name in `scores.json`, case counts. `precision` is digits shown."""

    title: str
    key: str
    index: int
    sorting: Sorting = "desc"
    computation: str = ""
    computation_indexes: tuple[int, ...] = ()
    precision: int = 2
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Leaderboard:
    """A board; `primary_index` is the index of the column that ranks first, then the others from left to right."""

    title: str
    key: str
    columns: tuple[Column, ...]
    submission_rule: str = "Add"
    hidden: bool = False
    primary_index: int = 0


@dataclass(frozen=True, slots=True)
class Options:
    """Switches of the whole competition, with the defaults of the format."""

    registration_auto_approve: bool = False
    make_programs_available: bool = False
    make_input_data_available: bool = False
    enable_detailed_results: bool = False
    show_detailed_results_in_submission_panel: bool = True
    show_detailed_results_in_leaderboard: bool = True
    auto_run_submissions: bool = True
    can_participants_make_submissions_public: bool = True
    forum_enabled: bool = True


class Source(Protocol):
    """Where the files of a bundle are read from."""

    def reading(self) -> AbstractContextManager[Callable[[str], IO[bytes]]]:
        """Opens the source once; inside, the function given opens one member after another."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A whole competition. Two bundles are equal when all they say and every file they hold is equal.

    `source` reads from the zip the bundle came from, which must still lie where it was.
    """

    title: str
    terms: Page
    description: str = ""
    image: Files | None = None
    pages: tuple[Page, ...] = ()
    reward: str = ""
    contact_email: str = ""
    competition_type: str = "competition"
    docker_image: str = "codalab/codalab-legacy:py37"
    options: Options = Options()
    fact_sheet: tuple[Question, ...] = ()
    tasks: tuple[Task, ...] = ()
    phases: tuple[Phase, ...] = ()
    solutions: tuple[Solution, ...] = ()
    leaderboards: tuple[Leaderboard, ...] = ()
    source: Source | None = field(default=None, compare=False, repr=False)

    def open(self, member: str) -> IO[bytes]:
        """The bytes of a member as a seekable stream; use it in a `with`. KeyError when there is no such member.

        A member is a path in the bundle, or `data.zip//inner.csv` for a file of a zip inside it (see
        `Entry.member`), and `task.zip//data.zip//inner.csv` for one of a task bundle.
        Raises Faulty where the archive changed or is damaged.
        """
        with self.reading() as open_member:
            return open_member(member)

    def reading(self) -> AbstractContextManager[Callable[[str], IO[bytes]]]:
        """Like `open`, for many members in a row: `with bundle.reading() as open_member: …`."""
        if self.source is None:
            raise ValueError("this bundle was made in memory and holds no files")
        return self.source.reading()


def all_files(bundle: Bundle) -> Iterator[Files]:
    """Every reference of a bundle, in the order of its file; the same files may come more than once."""
    texts = [bundle.terms.files, *(page.files for page in bundle.pages)]
    programs = [
        program
        for task in bundle.tasks
        for program in (task.scoring_program, task.ingestion_program)
        if program is not None
    ]
    data = [files for task in bundle.tasks for files in (task.reference_data, task.input_data)]
    public = [files for phase in bundle.phases for files in (phase.starting_kit, phase.public_data)]
    yield from (files for files in (bundle.image, *texts, *data, *public) if files is not None)
    yield from (program.files for program in programs)
    yield from (solution.files for solution in bundle.solutions)


@dataclass(frozen=True, slots=True)
class Planned:
    """One thing an import would create: a kind such as `phase`, a name to show, where it came from, its main figures."""

    kind: str
    name: str
    place: str
    details: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BundleReport:
    """What reading gave. `bundle` is None when there is any fault; `creates` holds what was understood all the same."""

    bundle: Bundle | None
    faults: list[Fault]
    warnings: list[Fault]
    creates: list[Planned]
    dialect: Dialect | None = None
