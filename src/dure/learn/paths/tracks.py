"""Practice by industry: for each track its courses, a real dataset, and the problems that are open at the end."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from dure.engines.courses.values import Address, Line, Text, Title, Value
from dure.learn.models import Course
from dure.people import api as people
from dure.problems import api as problems

MOST_PROBLEMS, MOST_COURSES = 200, 200


class Dataset(Value):
    """Real data that anybody may get: what they are, under which licence, and where."""

    name: Title
    about: Text
    licence: Line
    url: Address


class Track(Value):
    """An industry as learners meet it. `key` is a course's track and a problem's industry alike; `skills` are slugs."""

    key: str
    name: Title
    about: Text
    dataset: Dataset
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A track in one language, with what this installation has for it that the reader may see."""

    track: Track
    language: str
    skills: list[people.Skill]
    courses: list[Course]
    problems: list[problems.Card]

    @property
    def name(self) -> str:
        return self.track.name.within(self.language)

    @property
    def about(self) -> str:
        return self.track.about.within(self.language)

    @property
    def dataset_name(self) -> str:
        return self.track.dataset.name.within(self.language)

    @property
    def dataset_about(self) -> str:
        return self.track.dataset.about.within(self.language)


@cache
def tracks() -> tuple[Track, ...]:
    """The packaged tracks, in their order."""
    loaded = yaml.safe_load(files(__package__).joinpath("tracks.yaml").read_text(encoding="utf-8"))
    return tuple(Track.model_validate(entry) for entry in loaded["tracks"])


def shelves(reader: Any, *, language: str) -> list[Shelf]:
    """Every track for one reader; three queries, whatever there is."""
    rows = Course.objects.visible_to(reader).filter(state="open", track__in=[one.key for one in tracks()])
    courses = list(rows.select_related("organisation").order_by("-id")[:MOST_COURSES])
    cards = problems.open_problems(reader, limit=MOST_PROBLEMS)
    named = people.skills_named([slug for track in tracks() for slug in track.skills])
    return [
        Shelf(
            track=track,
            language=language,
            skills=[named[slug] for slug in track.skills if slug in named],
            courses=[course for course in courses if course.track == track.key],
            problems=[card for card in cards if card.problem.industry == track.key],
        )
        for track in tracks()
    ]
