"""A course as values: what its folder says, and what is kept of a version."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Language = Literal["ko", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("ko", "en")
Words = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Verbatim = Annotated[str, StringConstraints(strip_whitespace=False)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=160)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Level = Annotated[int, Field(ge=1, le=4)]
Percent = Annotated[int, Field(ge=0, le=100)]
Points = Annotated[int, Field(ge=1, le=100)]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$", max_length=500)]


class Value(BaseModel):
    """What all parts share: unchangeable, and no key that is not known."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        coerce_numbers_to_str=True,
        allow_inf_nan=False,
        populate_by_name=True,
    )


class Text(Value):
    """The same words in both languages."""

    ko: Words
    en: Words

    def within(self, language: str) -> str:
        return self.ko if language == "ko" else self.en


class Title(Value):
    """The same in one line."""

    ko: Line
    en: Line

    def within(self, language: str) -> str:
        return self.ko if language == "ko" else self.en


class Block(Value):
    """A piece of a lesson.

    `text` is Markdown of text, note, warning and try; the item's id of quiz; nothing of lab; the title of video, with its address
    and its captions. `row` is the line it begins at, from 1.
    """

    kind: Literal["text", "note", "warning", "try", "quiz", "lab", "video"]
    text: Verbatim = ""
    url: str = ""
    captions: str = ""
    row: int = 1


class Option(Value):
    """One of several things to choose from, or to put in order."""

    text: Text
    right: bool = False
    why: Text | None = None


class Item(Value):
    """A question of a quiz; `engines.courses.answering` says what is right."""

    id: Name
    kind: Literal["single", "several", "number", "text", "order", "output"]
    skill: Name
    points: Points = 1
    attempts: Annotated[int, Field(ge=1, le=20)] = 2
    feedback: Literal["now", "after_due", "never"] = "now"
    ask: Text
    why: Text | None = None
    options: Annotated[tuple[Option, ...], Field(max_length=12)] = ()
    answer: str = ""
    tolerance: Annotated[float, Field(ge=0)] = 0.0
    patterns: tuple[Annotated[str, StringConstraints(min_length=1, max_length=200)], ...] = ()
    code: Annotated[str, StringConstraints(max_length=4000, strip_whitespace=False)] = ""

    @property
    def tries(self) -> int:
        """How often it may be answered: once where nothing is told at once, for being asked again would tell."""
        return self.attempts if self.feedback == "now" else 1

    def is_told(self, *, is_over: bool) -> bool:
        """Whether a learner may read how they did; `is_over` says that what is told after the due date may be told."""
        return self.feedback == "now" or (self.feedback == "after_due" and is_over)


class Test(Value):
    """One test of a lab: which file holds its function, what it is worth, and for hidden ones the hint."""

    __test__ = False  # pytest would take it for one of its own

    id: Identifier
    where: Annotated[Literal["public", "hidden"], Field(alias="in")]
    points: Points = 1
    title: Title
    hint: Text | None = None


class LabLimits(Value):
    """What one run may use: seconds in all, seconds for each call, and memory in MiB."""

    seconds: Annotated[int, Field(ge=5, le=600)] = 60
    call_seconds: Annotated[int, Field(ge=1, le=120)] = 10
    memory_mib: Annotated[int, Field(ge=128, le=8192)] = 1024


Device = Annotated[str, StringConstraints(pattern=r"^(gpu|npu):[a-z0-9-]{1,30}$")]


class Lab(Value):
    """A lab: what it is worth and how it runs. `source` is lab.py as it was written, with the reference solution.

    One of the tier gpu names the accelerators that its cells and its grading get, by the farm's types.
    """

    title: Title
    tier: Literal["page", "notebook", "gpu"] = "page"
    skills: Annotated[Mapping[Name, Level], Field(min_length=1)]
    minutes: Annotated[int, Field(ge=1, le=600)]
    environment: Literal["standard", "plain"] = "standard"
    limits: LabLimits = LabLimits()
    accelerators: Annotated[Mapping[Device, Annotated[int, Field(ge=1, le=8)]], Field(max_length=2)] = {}
    attempts: Annotated[int, Field(ge=1, le=200)] = 30
    tests: Annotated[tuple[Test, ...], Field(min_length=2, max_length=40)]
    source: Verbatim = ""

    @property
    def points(self) -> int:
        return sum(test.points for test in self.tests)

    def of(self, where: str) -> tuple[Test, ...]:
        """Its public or its hidden tests."""
        return tuple(test for test in self.tests if test.where == where)


class Unit(Value):
    """One step of a course. `lesson` maps each language to its blocks."""

    id: Name
    title: Title
    minutes: Annotated[int, Field(ge=1, le=1200)]
    goals: Annotated[tuple[Text, ...], Field(min_length=1, max_length=6)]
    challenge: str = ""
    lesson: Mapping[Language, tuple[Block, ...]] = {}
    quiz: tuple[Item, ...] = ()
    lab: Lab | None = None

    @property
    def quiz_points(self) -> int:
        return sum(item.points for item in self.quiz)


class Skills(Value):
    """Slugs of the skill catalogue with levels."""

    needs: Mapping[Name, Level] = {}
    gains: Annotated[Mapping[Name, Level], Field(min_length=1)]


class Source(Value):
    """What others made: whose it is, under which licence, and where it came from."""

    name: Line
    licence: Line
    url: Address


class Passing(Value):
    """The least percentage of the points of labs and of quizzes."""

    labs: Percent = 0
    quizzes: Percent = 0


class Badge(Value):
    """What the credential of the course says."""

    name: Title
    criteria: Text


class Course(Value):
    """All of it."""

    id: Name
    title: Title
    summary: Text
    audience: Text
    original: Language = "ko"
    hours: Annotated[int, Field(ge=1, le=2000)]
    licence: Line
    track: Literal["", "manufacturing", "telecom", "health", "energy", "public"] = ""
    skills: Skills
    sources: tuple[Source, ...] = ()
    units: tuple[Unit, ...]
    passing: Annotated[Passing, Field(alias="pass")] = Passing()
    badge: Badge

    def as_json(self) -> dict[str, Any]:
        return self.model_dump(mode="json", by_alias=True)

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> Self:
        return cls.model_validate(kept)

    def unit(self, name: str) -> Unit | None:
        return next((unit for unit in self.units if unit.id == name), None)

    def item(self, name: str) -> Item | None:
        return next((item for unit in self.units for item in unit.quiz if item.id == name), None)
