"""Where a learner stands, computed from events alone: the same events give the same standing, byte for byte."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from dure.engines import courses


class Happened(Protocol):
    """An event as it is read here."""

    @property
    def verb(self) -> str: ...
    @property
    def object(self) -> str: ...
    @property
    def result(self) -> Any: ...
    @property
    def at(self) -> datetime: ...


@dataclass(slots=True)
class Standing:
    """As `learn.models.Standing`, without its row."""

    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    read: list[str] = field(default_factory=list)
    quizzes: float = 0.0
    labs: float = 0.0
    done: float = 0.0
    is_complete: bool = False
    last_at: datetime | None = None


def standing(course: courses.Course, happened: Iterable[Happened]) -> Standing:
    """Where these events lead in this version. What the version does not have any more does not count."""
    fold = _Fold(course)
    for event in happened:
        fold.take(event)
    return fold.finished()


class _Fold:
    def __init__(self, course: courses.Course) -> None:
        self._course = course
        self._items = {item.id: item for unit in course.units for item in unit.quiz}
        self._labs = {unit.id: unit.lab for unit in course.units if unit.lab}
        self._answers: dict[str, list[dict[str, Any]]] = {}
        self._graded: dict[str, dict[str, dict[str, Any]]] = {}
        self._read: set[str] = set()
        self._last: datetime | None = None

    def take(self, event: Happened) -> None:
        kind, _slash, name = event.object.partition("/")
        self._last = event.at
        if event.verb == "read" and self._course.unit(name):
            self._read.add(name)
        elif event.verb == "answered" and kind == "quiz" and name in self._items:
            self._answers.setdefault(name, []).append(event.result)
        elif event.verb == "graded" and name in self._labs:
            self._graded.setdefault(name, {})[str(event.result["attempt"])] = event.result

    def finished(self) -> Standing:
        items = {f"quiz/{name}": self._answered(name) for name in sorted(self._answers)}
        items |= {f"lab/{name}": self._done_in_lab(name) for name in sorted(self._graded)}
        quizzes = _percent(items, "quiz/", sum(item.points for item in self._items.values()))
        labs = _percent(items, "lab/", sum(lab.points for lab in self._labs.values()))
        read = [unit.id for unit in self._course.units if unit.id in self._read]
        passing = self._course.passing
        whole = len(read) == len(self._course.units)
        return Standing(
            items=items,
            read=read,
            quizzes=quizzes,
            labs=labs,
            done=self._share(items, read),
            is_complete=whole and quizzes >= passing.quizzes and labs >= passing.labs,
            last_at=self._last,
        )

    def _answered(self, name: str) -> dict[str, Any]:
        """Of several answers the best counts; it is settled when it is right, or no try is left."""
        item, answers = self._items[name], self._answers[name]
        right = any(answer["right"] for answer in answers)
        return {
            "points": float(item.points if right else 0),
            "of": float(item.points),
            "tries": len(answers),
            "settled": right or len(answers) >= item.tries,
        }

    def _done_in_lab(self, name: str) -> dict[str, Any]:
        """Of each attempt the last grading counts, and of the attempts the best, as a share of what the version offers."""
        lab = self._labs[name]
        best = max(one["points"] / one["of"] if one["of"] else 0.0 for one in self._graded[name].values())
        return {
            "points": round(best * lab.points, 2),
            "of": float(lab.points),
            "tries": len(self._graded[name]),
            "settled": 100 * best >= max(self._course.passing.labs, 1),
        }

    def _share(self, items: dict[str, dict[str, Any]], read: list[str]) -> float:
        """Of all steps (a lesson, an item, a lab), the percentage that is settled."""
        steps = len(self._course.units) + len(self._items) + len(self._labs)
        settled = len(read) + sum(bool(one["settled"]) for one in items.values())
        return round(100 * settled / steps, 1) if steps else 0.0


def _percent(items: dict[str, dict[str, Any]], kind: str, offered: int) -> float:
    earned = sum(one["points"] for name, one in items.items() if name.startswith(kind))
    return round(100 * earned / offered, 2) if offered else 100.0
