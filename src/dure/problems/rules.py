"""Who may do what with problems, and when: pure decisions with reasons. Each fact about a person is one small query."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, Role, has_role
from dure.people import api as people

NOT_OWNER = Refused(
    "not_owner", _("Only the need's owner, or a representative of its organisation, can do this.")
)
NOT_SECRETARIAT = Refused("not_secretariat", _("Only the secretariat can do this."))
NOT_CURATOR = Refused("not_curator", _("Only the curator or the secretariat can do this."))
NOT_HOST = Refused("not_host", _("Only a host of this challenge can do this."))
OWNER_ROLES = (people.Membership.Role.REPRESENTATIVE,)


def owns_problem(person: Any, problem: Any) -> Decision:
    """The person who posted it, or a representative of the organisation it belongs to."""
    if not person.is_authenticated:
        return SIGN_IN
    if problem.owner_id == person.pk or _represents(person, problem.organisation_id):
        return ALLOWED
    return NOT_OWNER


def _represents(person: Any, organisation_id: int | None) -> bool:
    if organisation_id is None:
        return False
    mine = people.Membership.objects.current().filter(person_id=person.pk, organisation_id=organisation_id)
    return mine.filter(role__in=OWNER_ROLES).exists()


def triages(person: Any, _problem: Any) -> Decision:
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if has_role(person, Role.SECRETARIAT) else NOT_SECRETARIAT


def curates(person: Any, problem: Any) -> Decision:
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if problem.curator_id == person.pk or has_role(person, Role.SECRETARIAT) else NOT_CURATOR


def hosts_challenge(person: Any, challenge: Any) -> Decision:
    """A named host, the problem's curator, or the secretariat."""
    if not person.is_authenticated:
        return SIGN_IN
    if curates(person, challenge.problem) or challenge.hosts.filter(pk=person.pk).exists():
        return ALLOWED
    return NOT_HOST


def is_complete(problem: Any, _data: Mapping[str, Any]) -> Decision:
    """A need can be posted when the four plain questions are answered in its original language."""
    words = [getattr(problem, f"{name}_{problem.original}") for name in ("title", "hurts", "data", "worth")]
    if (
        all(word.strip() for word in words)
        and problem.sensitivity
        and problem.contact
        and problem.organisation_id
    ):
        return ALLOWED
    return Refused(
        "incomplete",
        _(
            "Say what hurts, what data exists and how sensitive it is, what a good result is worth, and whom to contact."
        ),
    )


def has_message(_obj: Any, data: Mapping[str, Any]) -> Decision:
    return ALLOWED if str(data.get("message", "")).strip() else Refused("no_message", _("Write a message."))


def has_reason(_obj: Any, data: Mapping[str, Any]) -> Decision:
    return (
        ALLOWED
        if str(data.get("reason", "")).strip()
        else Refused("no_reason", _("Give a reason; the people concerned will read it."))
    )


def has_route(_problem: Any, data: Mapping[str, Any]) -> Decision:
    if data.get("route") and data.get("curator"):
        return ALLOWED
    return Refused("no_route", _("Choose a route and a curator."))


def can_merge(problem: Any, data: Mapping[str, Any]) -> Decision:
    target = data.get("into")
    if (
        target is None
        or target.pk == problem.pk
        or target.state in {"draft", "merged", "declined", "withdrawn"}
    ):
        return Refused("no_target", _("Choose another need that is still worked on."))
    return ALLOWED


def has_work(problem: Any, _data: Mapping[str, Any]) -> Decision:
    """Opening needs something to open: a challenge that is open, or another route."""
    if problem.route == "challenge" and not (
        hasattr(problem, "challenge") and problem.challenge.state == "open"
    ):
        return Refused("challenge_not_open", _("Open its challenge first."))
    return ALLOWED


def is_ready(challenge: Any, _data: Mapping[str, Any]) -> Decision:
    """A challenge can open when all parts stand; the page lists each missing part."""
    missing = [
        part
        for part in ("answers_id", "scorer_id", "dataset_id", "metric", "schema")
        if not getattr(challenge, part)
    ]
    if not missing and challenge.phases.exists():
        return ALLOWED
    return Refused(
        "not_ready", _("Add the data, the hidden answers, the metric and at least one phase first.")
    )


def winners_settled(_challenge: Any, _data: Mapping[str, Any]) -> Decision:
    return ALLOWED
