"""What to learn next, practice questions and tracks over REST. All but the tracks is the caller's own."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Router, Schema
from pydantic import Field

from dure.engines import courses
from dure.foundation.access import Hidden
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, Text
from dure.learn.paths import practising, words
from dure.learn.paths.bank import bank
from dure.learn.paths.choosing import Standing, next_item, path
from dure.learn.paths.tracks import Shelf, shelves
from dure.people import api as people

router = Router(tags=["learn"])


class PathStepOut(Schema):
    """The skill to practise next, with its reasons in the caller's language."""

    skill: str
    reasons: list[str]


class PathPlaceOut(Schema):
    """Where the caller stands with a skill, and which skills have to come before it."""

    skill: str
    standing: Standing
    waits_for: list[str]


class PathOut(Schema):
    step: PathStepOut | None
    places: list[PathPlaceOut]


class PracticeOptionOut(Schema):
    number: int
    text_ko: str
    text_en: str


class PracticeQuestionOut(Schema):
    """A question; options stand in an order of the caller's own, and answers name their numbers."""

    item: str
    kind: str
    skill: str
    ask_ko: str
    ask_en: str
    code: str
    options: list[PracticeOptionOut]


class PracticeAnswerIn(Schema):
    given: list[Text] = Field(max_length=12)


class PracticeWhyOut(Schema):
    number: int
    right: bool
    why_ko: str
    why_en: str


class PracticeResultOut(Schema):
    """Whether it was right, and why: `answer` where one writes it oneself, `options` where one chooses."""

    right: bool
    why_ko: str
    why_en: str
    answer: str
    options: list[PracticeWhyOut]


class PracticeForgottenOut(Schema):
    deleted: int


class TrackOut(Schema):
    """An industry: addresses of its courses and of problems that are open, slugs of its skills, and a real dataset."""

    key: str
    name: str
    about: str
    dataset: str
    dataset_licence: str
    dataset_url: str
    skills: list[str]
    courses: list[str]
    problems: list[str]


@router.get("/me/path", response={200: PathOut, **ERRORS})
def my_path(request: HttpRequest) -> Any:
    """What is next and why. Nobody else sees it."""
    where = path(bank(), practising.answers_of(signed_in(request)))
    named = people.skills_named(bank().skills)
    step = where.step and {"skill": where.step.skill, "reasons": words.reasons(where.step, named)}
    return {"step": step, "places": where.places}


@router.get("/me/path/question", response={200: PracticeQuestionOut, **ERRORS})
def my_question(request: HttpRequest, skill: str = "") -> Any:
    """The next question, of a skill if one is named; 404 once there is nothing to ask."""
    person = signed_in(request)
    item = next_item(bank(), practising.answers_of(person), skill=skill)
    if item is None:
        raise Hidden(skill)
    return question_out(item, str(person.uid))


def question_out(item: courses.Item, seed: str) -> dict[str, Any]:
    """A question as it is asked, with nothing of what is right."""
    return {
        "item": item.id,
        "kind": item.kind,
        "skill": item.skill,
        "ask_ko": item.ask.ko,
        "ask_en": item.ask.en,
        "code": item.code,
        "options": [
            {"number": number, "text_ko": option.text.ko, "text_en": option.text.en}
            for number, option in courses.shown_options(item, seed)
        ],
    }


@router.post("/me/path/questions/{slug:item}", response={200: PracticeResultOut, **ERRORS})
def practise(request: HttpRequest, item: str, body: PracticeAnswerIn) -> Any:
    """Answer: numbers of options (single, several, order, in the order given), or one text."""
    judged = practising.answer(by=signed_in(request), item=item, given=body.given)
    asked = bank().items[item]
    return {
        "right": judged.right,
        "why_ko": asked.why.ko if asked.why else "",
        "why_en": asked.why.en if asked.why else "",
        "answer": asked.answer,
        "options": [
            {"number": number, "right": option.right, "why_ko": option.why.ko, "why_en": option.why.en}
            for number, option in enumerate(asked.options)
            if option.why
        ],
    }


@router.delete("/me/path/answers", response={200: PracticeForgottenOut, **ERRORS})
def forget(request: HttpRequest) -> Any:
    """Delete one's own practice answers; those in courses stay."""
    return {"deleted": practising.forget(by=signed_in(request))}


@router.get("/tracks", response={200: list[TrackOut], **ERRORS})
def list_tracks(request: HttpRequest) -> Any:
    """Practice by industry, in the caller's language."""
    found = shelves(person_of(request), language=str(get_language() or "ko"))
    return [_track_out(shelf) for shelf in found]


def _track_out(shelf: Shelf) -> dict[str, Any]:
    return {
        "key": shelf.track.key,
        "name": shelf.name,
        "about": shelf.about,
        "dataset": shelf.dataset_name,
        "dataset_licence": shelf.track.dataset.licence,
        "dataset_url": shelf.track.dataset.url,
        "skills": [skill.slug for skill in shelf.skills],
        "courses": [course.slug for course in shelf.courses],
        "problems": [card.url for card in shelf.problems],
    }
