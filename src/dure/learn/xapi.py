"""Learning events as xAPI statements (ADL xAPI 1.0.3, part two), one JSON object a line.

The actor is an account named by the enrolment: the same person has another name in every course, and none of them says who it is
to anybody without the gradebook.
"""

import json
from collections.abc import Iterator
from typing import Any, Final

from django.http import StreamingHttpResponse
from django.urls import reverse

from dure.learn.credentials import addresses
from dure.learn.models import Course, LearningEvent

ADL: Final = "http://adlnet.gov/expapi"
Verb = LearningEvent.Verb
VERBS: Final = {
    Verb.STARTED: f"{ADL}/verbs/initialized",
    Verb.READ: f"{ADL}/verbs/experienced",
    Verb.ANSWERED: f"{ADL}/verbs/answered",
    Verb.GRADED: f"{ADL}/verbs/scored",
    Verb.COMPLETED: f"{ADL}/verbs/completed",
}
KINDS: Final = {"unit": "lesson", "quiz": "question", "lab": "assessment", "": "course"}


def answer(course: Course) -> StreamingHttpResponse:
    """All events of a course in their order, as an attachment that is written while it is sent."""
    lines = (f"{json.dumps(one, ensure_ascii=False)}\n" for one in statements(course))
    response = StreamingHttpResponse(lines, content_type="application/x-ndjson; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{course.slug}-events.jsonl"'
    return response


def statements(course: Course) -> Iterator[dict[str, Any]]:
    """Each event as a statement. Read in pieces, so that memory does not grow with the course."""
    rows = LearningEvent.objects.filter(enrolment__course=course).order_by("pk")
    rows = rows.select_related("enrolment", "version").defer("version__content", "version__findings")
    home = f"{addresses.home()}{reverse('learn:course', args=[course.slug])}"
    return (statement(event, home) for event in rows.iterator(chunk_size=1000))


def statement(event: LearningEvent, home: str) -> dict[str, Any]:
    """An event; `home` is the course's address, with which the names of its activities begin."""
    said = {
        "id": str(event.uid),
        "timestamp": event.at.isoformat(),
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": addresses.home(), "name": str(event.enrolment.uid)},
        },
        "verb": {
            "id": VERBS.get(Verb(event.verb), f"{home}#verb/{event.verb}"),
            "display": {"en": event.verb},
        },
        "object": _activity(event.object, home),
        "context": {
            "contextActivities": {"grouping": [_activity("", home)]},
            "extensions": {f"{home}#version": event.version.number},
        },
    }
    result = _result(event)
    return said | ({"result": result} if result else {})


def _activity(name: str, home: str) -> dict[str, Any]:
    kind = KINDS[name.partition("/")[0]]
    address = f"{home}#{name}" if name else home
    return {
        "objectType": "Activity",
        "id": address,
        "definition": {"type": f"{ADL}/activities/{kind}"},
    }


def _result(event: LearningEvent) -> dict[str, Any]:
    """Answers with what was given (joined as xAPI joins choices), gradings with their points, the end as completion."""
    found = event.result
    if event.verb == Verb.ANSWERED:
        return {"success": found["right"], "response": "[,]".join(found.get("given", ()))}
    if event.verb == Verb.GRADED and found["of"]:
        score = {"raw": found["points"], "min": 0, "max": found["of"]}
        return {"score": score | {"scaled": round(found["points"] / found["of"], 4)}}
    return {"completion": True} if event.verb == Verb.COMPLETED else {}
