"""What problems keep about a person, for that person's own export."""

from typing import Any

from dure.people import api as people
from dure.problems.models import Message, Problem, ResultRecord, Submission, TeamMember, TermsAcceptance


def register() -> None:
    """Called once when the app is ready; each name becomes a file of the export."""
    people.register_export("needs", _needs)
    people.register_export("teams", _teams)
    people.register_export("submissions", _submissions)
    people.register_export("results", _results)
    people.register_export("messages", _messages)
    people.register_export("terms_accepted", _terms)


def _needs(person: Any) -> Any:
    names = (
        "uid",
        "number",
        "state",
        "title_ko",
        "title_en",
        "hurts_ko",
        "hurts_en",
        "contact",
        "created_at",
        "posted_at",
    )
    return list(Problem.objects.filter(owner=person).values(*names))


def _teams(person: Any) -> Any:
    rows = TeamMember.objects.filter(person=person).order_by("id")
    return list(rows.values("challenge__slug", "team__name", "is_lead", "joined_at", "left_at"))


def _submissions(person: Any) -> Any:
    rows = Submission.objects.filter(by=person).order_by("id")
    return list(
        rows.values(
            "uid", "challenge__slug", "number", "team__name", "filename", "blob_id", "note", "accepted_at"
        )
    )


def _results(person: Any) -> Any:
    rows = ResultRecord.objects.filter(person=person).order_by("id")
    return list(
        rows.values(
            "challenge__slug",
            "team__name",
            "metric",
            "score",
            "low",
            "high",
            "rank",
            "rank_low",
            "rank_high",
            "teams",
            "won",
            "reproduced",
            "created_at",
        )
    )


def _messages(person: Any) -> Any:
    rows = Message.objects.filter(author=person).order_by("id")
    return list(rows.values("uid", "channel", "title", "body", "created_at"))


def _terms(person: Any) -> Any:
    rows = TermsAcceptance.objects.filter(person=person).order_by("id")
    return list(rows.values("terms__kind", "terms__version", "sha256", "accepted_at", "origin"))
