"""REST: what goes in and out when challenges are prepared, run and settled."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema

from dure.problems.rest.result_shapes import ResultFigures

Text = dict[str, Any]
WORD = 80


class NewChallengeIn(Schema):
    """The address of a new challenge: small letters, digits and hyphens."""

    slug: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)


class StepOut(Schema):
    """One step of preparing: what is missing blocks the opening, hints do not."""

    key: str
    label: str
    done: bool
    missing: list[str]
    hints: list[str]


class FindingOut(Schema):
    """What a leak check found; `stop` blocks the opening unless a reason is given."""

    code: str
    severity: Literal["ok", "warn", "stop"]
    message: str
    advice: str
    column: str


class ChecksOut(Schema):
    """How the leak checks stand for the parts as they are now."""

    state: Literal["never", "stale", "stops", "clear", "reasoned"]
    running: bool
    at: datetime | None
    reason: str
    findings: list[FindingOut]


class HostedOut(Schema):
    """A challenge as its hosts see it."""

    slug: str
    state: str
    metric: str
    metric_parameters: Text
    second_metric: str
    target: float | None
    columns: Text
    split_mode: str
    split_column: str
    public_share: float
    ladder: bool
    ladder_reason: str
    team_size: int
    teams_seal_at: datetime | None
    finals: int
    prize_ko: str
    prize_en: str
    places: int
    tie_rule: str
    skills: list[str]
    steps: list[StepOut]


class LicenceIn(Schema):
    """Licence and attribution of the data."""

    licence: str = Field(max_length=120)
    attribution: str = Field("", max_length=2000)


class TableOut(Schema):
    """A table that was read: its size, columns and first rows."""

    rows: int
    columns: list[str]
    head: list[list[str]]


class MetricIn(Schema):
    """How predictions are scored."""

    metric: str = Field(max_length=WORD)
    parameters: dict[str, float | str] = {}
    second_metric: str = Field("", max_length=40)
    target: float | None = Field(None, allow_inf_nan=False)


class MetricOut(Schema):
    """A metric that fits the columns."""

    key: str
    name: str
    words: str
    higher: bool
    lowest: str
    highest: str


class SplitIn(Schema):
    """Which rows are public."""

    mode: Literal["rows", "stratified", "group", "time"]
    column: str = Field("", max_length=WORD)
    share: float = Field(0.3, gt=0, lt=1)


class SplitOut(Schema):
    """What a split gives: rows, and groups or classes where there are any."""

    public_rows: int
    private_rows: int
    public_parts: int
    private_parts: int


class PhaseIn(Schema):
    """A phase; 0 means no limit."""

    starts_at: datetime
    ends_at: datetime | None = None
    name_ko: str = Field("", max_length=120)
    name_en: str = Field("", max_length=120)
    per_day: int = Field(5, ge=0, le=1000)
    per_phase: int = Field(100, ge=0, le=100000)


class LimitsIn(Schema):
    """What holds in every phase."""

    team_size: int = Field(ge=1, le=100)
    teams_seal_at: datetime | None = None
    finals: int = Field(2, ge=1, le=20)


class RulesIn(Schema):
    """Prize, places, tie rule, the Ladder (off needs a reason), and at most six skills that a result shows, by slug."""

    prize_ko: str = Field("", max_length=300)
    prize_en: str = Field("", max_length=300)
    places: int = Field(1, ge=1, le=100)
    tie_rule: Literal["earlier", "second_metric", "share"] = "earlier"
    ladder: bool = True
    ladder_reason: str = Field("", max_length=1000)
    skills: list[Annotated[str, Field(max_length=60)]] = Field([], max_length=50)


class PageIn(Schema):
    """A story page in both languages; all empty takes it out."""

    title_ko: str = Field("", max_length=120)
    title_en: str = Field("", max_length=120)
    body_ko: str = Field("", max_length=60000)
    body_en: str = Field("", max_length=60000)


class ReasonIn(Schema):
    """A reason that people will read."""

    reason: str = Field(max_length=1000)


class MoveIn(Schema):
    """A move of the challenge's workflow; `cancel` needs a reason."""

    action: Literal["open", "close", "finish", "cancel"]
    reason: str = Field("", max_length=1000)


class BaselineOut(Schema):
    """A baseline that was taken in and waits to be scored."""

    team: UUID
    name: str
    submission: UUID
    rows: int


class HostSubmissionOut(Schema):
    """A submission as the host sees it: what was really scored, and what the team is shown."""

    uid: UUID
    number: int
    team: str
    baseline: bool
    filename: str
    accepted_at: datetime
    state: str
    public_score: float | None
    public_shown: float | None
    private_score: float | None
    second_score: float | None
    is_final: bool
    message: str


class HostTeamOut(Schema):
    """A team with what it has used."""

    uid: UUID
    name: str
    baseline: bool
    people: int
    files: int
    today: int
    last: datetime | None


class VersionOut(Schema):
    """One version of answers or scorer; `dropped` rows of the answers count no more."""

    kind: Literal["answers", "scorer"]
    number: int
    dropped: int
    in_force: bool
    note_ko: str
    note_en: str
    created_at: datetime


class VersionsOut(Schema):
    """All versions, and how far a rescore is (both None when none runs)."""

    versions: list[VersionOut]
    rescored: int | None
    of: int | None


class ScoringIn(Schema):
    """Another metric for what is handed in already; one of the notes says why."""

    metric: str = Field(max_length=40)
    parameters: dict[str, float | str] = {}
    note_ko: str = Field("", max_length=2000)
    note_en: str = Field("", max_length=2000)


class AwardFileOut(Schema):
    """A file of a winner's code or report."""

    uid: UUID
    filename: str
    size: int
    url: str


class AwardOut(Schema):
    """A team that may win, as it and the hosts see it."""

    uid: UUID
    team: str
    place: int
    shared: bool
    state: str
    reason: str
    report: str
    reproduced: bool
    due_at: datetime
    files: list[AwardFileOut]


class AwardMoveIn(Schema):
    """What the host decides: `accept`, or `return` and `decline` with a reason."""

    action: Literal["accept", "return", "decline"]
    reason: str = Field("", max_length=2000)
    reproduced: bool = False


class ReportIn(Schema):
    """A winner's report: what was done, with which data, how to run it."""

    report: str = Field(max_length=20000)


class ResultOut(ResultFigures):
    """What a participant took away."""

    name: str


class StoryEntryOut(Schema):
    """One fact of the story."""

    title: str
    at: datetime
    words: str


class QueueRunOut(Schema):
    """A run in the queue."""

    challenge: str | None
    submission: int | None
    team: str | None
    state: str
    worker: str
    since: datetime


class FailedOut(Schema):
    """An evaluation that failed through our fault."""

    uid: UUID
    challenge: str
    submission: int
    team: str
    message: str
    at: datetime | None


class QueueOut(Schema):
    """The queue of evaluations as operators see it; at most 25 runs and 50 failures are listed."""

    waiting: int
    runs: list[QueueRunOut]
    failed_count: int
    failed: list[FailedOut]


class AgainIn(Schema):
    """Which evaluation to score again; none means every one that failed through our fault."""

    uid: UUID | None = None


class SidesOut(Schema):
    """How many rows, public and private."""

    public: int
    private: int


class CorrectionIn(Schema):
    """How many rows the file takes out, and why, in one language or both; every team reads it."""

    dropped: int = 0
    note_ko: Annotated[str, Field(max_length=2000)] = ""
    note_en: Annotated[str, Field(max_length=2000)] = ""


class CorrectionOut(Schema):
    """What corrected answers would change; `short_files` may lack rows that come back, and would drop out if they do."""

    changed: SidesOut
    dropped: SidesOut
    returned: SidesOut
    remaining: SidesOut
    short_files: int


class CountOut(Schema):
    """How many."""

    count: int
