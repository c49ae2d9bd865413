"""The kinds of things that topics become: a need of an organisation, a joint research project, a call for proposals."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.alliance.calls import editing as calls
from dure.alliance.models import ResearchCall, ResearchProject, Topic
from dure.alliance.projects import editing, tracks
from dure.alliance.topics.adoption import Kind, Seen, register_kind, topic_of
from dure.engines.faults import Fault, Faulty
from dure.foundation import clock
from dure.foundation.access import Audience, Hidden
from dure.people import api as people
from dure.problems import api as problems

PROBLEM: Final = "problem"
PROJECT: Final = "project"
CALL: Final = "call"
LONGEST_TITLE: Final = 160


def register() -> None:
    """Called once when the app is ready."""
    register_kind(Kind(PROBLEM, gettext_lazy("A need of an organisation"), _make_need, _see_need))
    register_kind(Kind(PROJECT, gettext_lazy("A joint research project"), _make_project, _see_project))
    register_kind(Kind(CALL, gettext_lazy("A call for proposals"), _make_call, _see_call))
    problems.register_need_panel("alliance/topics/need_panel.html", _of_need, order=61)


def _make_need(by: Any, topic: Topic, given: Mapping[str, Any]) -> UUID:
    """A draft in the organisation's hands: who proposed the topic, or else a representative, writes it on."""
    organisation = given.get("organisation")
    owner = _owner(topic, organisation) if organisation is not None else None
    if organisation is None or owner is None:
        raise Faulty([Fault("topic_no_owner", place="organisation")])
    words = {f"{name}_{code}": getattr(topic, f"{of}_{code}") for name, of in WORDS for code in ("ko", "en")}
    return problems.draft_need(by=by, organisation=organisation, owner=owner, words=words).uid


WORDS: Final = (("title", "title"), ("hurts", "text"), ("worth", "why"))


def _owner(topic: Topic, organisation: people.Organisation) -> people.Person | None:
    """Who proposed it, if they belong there; else whoever has represented it the longest."""
    inside = people.Membership.objects.current().filter(organisation=organisation, person__is_active=True)
    mine = inside.filter(person=topic.proposed_by).first() if topic.proposed_by else None
    speaks = inside.filter(role=people.Membership.Role.REPRESENTATIVE).order_by("starts_on", "pk").first()
    found = mine or speaks
    return found.person if found else None


def _see_need(person: Any, ref: UUID) -> Seen | None:
    try:
        need = problems.access_problem(person, ref)
    except Hidden:
        return None
    return Seen(str(need), problems.problem_url(need), need)


def _make_project(by: Any, topic: Topic, given: Mapping[str, Any]) -> UUID:
    """One that is being set up, with the topic's words; the secretariat adds partners and milestones there."""
    if given.get("track") not in tracks.Track.values:
        raise Faulty([Fault("topic_no_track", place="track")])
    words = {f"title_{code}": getattr(topic, f"title_{code}")[:LONGEST_TITLE] for code in ("ko", "en")}
    words |= {f"summary_{code}": getattr(topic, f"text_{code}")[:4000] for code in ("ko", "en")}
    said = {"origin": ResearchProject.Origin.TOPIC, "track": given["track"], "starts_on": clock.today()}
    return editing.create(by=by, given={**words, **said, "audience": _audience(topic)}).uid


def _make_call(by: Any, topic: Topic, given: Mapping[str, Any]) -> UUID:
    """A draft with the topic's words; rubric, money and deadline are written there."""
    words = {f"title_{code}": getattr(topic, f"title_{code}")[:LONGEST_TITLE] for code in ("ko", "en")}
    words |= {f"text_{code}": getattr(topic, f"text_{code}") for code in ("ko", "en")}
    chosen = [given["track"]] if given.get("track") else []
    return calls.create(by=by, given={**words, "tracks": chosen}).uid


def _see_call(person: Any, ref: UUID) -> Seen | None:
    call = ResearchCall.objects.visible_to(person).filter(uid=ref).first()
    return Seen(str(call), reverse("alliance:call", args=[ref]), call) if call else None


def _audience(topic: Topic) -> str:
    """What was put in confidence stays with those who work on it."""
    return Audience.MEMBERS if topic.reach == Topic.Reach.MEMBERS else Audience.PRIVATE


def _see_project(person: Any, ref: UUID) -> Seen | None:
    project = ResearchProject.objects.visible_to(person).filter(uid=ref).first()
    if project is None:
        return None
    progress = ""
    if ResearchProject.objects.inside_for(person).filter(pk=project.pk).exists():
        states = list(project.milestones.order_by("pk").values_list("state", flat=True))
        reached = {"reached": states.count("accepted"), "planned": len(states)}
        progress = _("Milestones reached: %(reached)s of %(planned)s") % reached if states else ""
    return Seen(project.title, reverse("alliance:project", args=[project.uid]), project, progress)


def _of_need(reader: Any, problem: problems.Problem) -> Mapping[str, Any] | None:
    """The way back from a need to its topic; one query."""
    topic = topic_of(reader, PROBLEM, problem.uid)
    return {"topic": topic} if topic else None


def topic_of_project(reader: Any, project: ResearchProject) -> Topic | None:
    """The way back from a project; no query where it comes from elsewhere."""
    if project.origin != ResearchProject.Origin.TOPIC:
        return None
    return topic_of(reader, PROJECT, project.uid)
