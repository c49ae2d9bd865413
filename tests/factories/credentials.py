"""Earned badges for tests."""

from typing import Any

from dure.engines.credentials import Evidence, Result, Skill, Text
from dure.learn import api as learn
from dure.people.models import Person


def earned(**fields: Any) -> learn.Earned:
    """A badge with everything that a badge can have."""
    given: dict[str, Any] = {
        "badge": "course/industry-ai-101",
        "page": "/courses/industry-ai-101",
        "name": Text("산업 AI 실무 101", "Industry AI practice 101"),
        "description": Text("현장 데이터로 배우는 열두 시간.", "Twelve hours on real data."),
        "criteria": Text("모든 실습 80점 이상", "Every lab with 80 points or more"),
        "creator": ("한빛대학교", "/organisations/hanbit"),
        "skills": (
            Skill(name=Text("시간 순 분할", "Time-based split"), url="/skills/time-split", code="time-split"),
        ),
        "results": (Result(key="labs", name=Text("실습", "Labs"), value="92", required="80"),),
        "evidence": (Evidence(url="/challenges/engine-life", name=Text("제출", "Submission")),),
    }
    return learn.Earned(**{**given, **fields})


def awarded(person: Person, *, course: Any = None, **fields: Any) -> learn.Credential:
    return learn.award(person=person, earned=earned(**fields), course=course)
