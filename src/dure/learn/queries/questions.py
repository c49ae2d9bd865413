"""Questions of a unit as they stand for one learner: what was answered, and what may be told of it by now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dure.engines import courses
from dure.learn.cohorts.lateness import counting_answer
from dure.learn.models import Enrolment, LearningEvent

Answers = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Choice:
    """An option as it is shown; `right` and `why` only where they may be told, `position` where options are put in order."""

    number: int
    html: str
    chosen: bool = False
    position: int = 0
    right: bool | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A quiz item as it stands for one learner: `state` is open, right, wrong (tries are left), lost or received.

    `late_at` is when the answer that counts was given, where that was after its date; it is told as the rest is.
    """

    item: courses.Item
    html: str
    choices: tuple[Choice, ...]
    given: str
    state: str
    tries_left: int
    why: str
    answer: str
    may_answer: bool
    url: str
    late_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """How questions are shown: in whose order, whether they may be answered and where, in which language, and as which HTML.

    `is_over`: what is told after the due date may be told. `due_at`: answers after it are marked late.
    """

    seed: str
    may_answer: bool
    language: str
    html: Callable[[str], str]
    url: Callable[[str], str]
    is_over: bool = False
    due_at: datetime | None = None

    def question(self, item: courses.Item, answers: Answers) -> Question:
        """The item after these answers of its learner, the oldest first."""
        state = _state(item, answers)
        is_settled = state in ("right", "lost")
        is_told = bool(answers) and item.is_told(is_over=self.is_over)
        given = [str(one) for one in answers[-1]["given"]] if answers else []
        shown = _Shown(item, given, is_told=is_told, is_settled=is_settled)
        return Question(
            item=item,
            html=self._said(item.ask),
            choices=tuple(
                self._choice(number, option, shown)
                for number, option in courses.shown_options(item, self.seed)
            ),
            given=given[0] if given and not item.options else "",
            state=state if is_told or not answers else "received",
            tries_left=max(0, item.tries - len(answers)),
            why=self._said(item.why) if is_told and is_settled else "",
            answer=item.answer if is_told and state == "lost" else "",
            may_answer=self.may_answer and not is_settled,
            url=self.url(item.id),
            late_at=self._late_at(answers),
        )

    def _late_at(self, answers: Answers) -> datetime | None:
        """Answers carry `at` where there are dates."""
        if self.due_at is None:
            return None
        at = counting_answer((bool(one["right"]), one["at"]) for one in answers)
        return at if at is not None and at > self.due_at else None

    def _choice(self, number: int, option: courses.Option, shown: "_Shown") -> Choice:
        """What was chosen is explained as soon as something may be told, the others when the item is settled."""
        is_ordered = shown.item.kind == "order"
        chosen = str(number) in shown.given
        is_explained = shown.is_told and (shown.is_settled or chosen) and not is_ordered
        return Choice(
            number=number,
            html=self._said(option.text),
            chosen=chosen and not is_ordered,
            position=self._position(number, shown) if is_ordered else 0,
            right=option.right if is_explained else None,
            why=self._said(option.why) if is_explained else "",
        )

    def _position(self, number: int, shown: "_Shown") -> int:
        """Where the learner put it; once it is settled, where it belongs."""
        if shown.is_told and shown.is_settled:
            return number + 1
        return shown.given.index(str(number)) + 1 if str(number) in shown.given else 0

    def _said(self, text: courses.Text | None) -> str:
        return self.html(text.within(self.language)) if text else ""


@dataclass(frozen=True, slots=True)
class _Shown:
    item: courses.Item
    given: Sequence[str]
    is_told: bool
    is_settled: bool


def _state(item: courses.Item, answers: Answers) -> str:
    if not answers:
        return "open"
    if any(answer["right"] for answer in answers):
        return "right"
    return "lost" if len(answers) >= item.tries else "wrong"


def answers_of(enrolment: Enrolment | None, unit: courses.Unit) -> dict[str, list[Mapping[str, Any]]]:
    """What this learner answered in a unit, by item, each with its moment as `at`; one query."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    if enrolment is None or not unit.quiz:
        return found
    about = [f"quiz/{item.id}" for item in unit.quiz]
    events = LearningEvent.objects.filter(enrolment=enrolment, verb="answered", object__in=about)
    for name, result, at in events.order_by("pk").values_list("object", "result", "at"):
        found.setdefault(name.removeprefix("quiz/"), []).append(result | {"at": at})
    return found
