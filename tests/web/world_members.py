"""The firm as a member in the small alliance of the access walk, with an application and a reason that only its side may read."""

from collections.abc import Callable
from typing import Any

from dure.alliance.models import Joining, Member, MemberLevel
from dure.people.models import Organisation
from tests.factories import members

Values = dict[tuple[str, str], Any]
MAY_READ: dict[str, set[str]] = {
    "joining": {"owner", "secretariat", "auditor"},
    "joiningnote": {"owner", "secretariat", "auditor"},
    "memberreason": {"owner", "host", "secretariat", "auditor"},
}


def shown(firm: Organisation) -> Values:
    """The firm at a level, which everybody may know; outsiders find no application at any address."""
    members.entered(firm)
    application = _joining(firm, lambda name: name)
    level = MemberLevel.objects.get(slug="associate")
    return {
        ("members", "slug"): firm.slug,
        ("joinings", "uid"): application.uid,
        ("member-levels", "uid"): level.uid,
    }


def hide(firm: Organisation, text: Callable[[str], str]) -> Values:
    """What the firm once wrote when it applied, what was answered, and why its level changed."""
    Member.objects.filter(organisation=firm).update(reason=text("memberreason"))
    return {("joinings", "uid"): _joining(firm, text).uid}


def _joining(firm: Organisation, text: Callable[[str], str]) -> Joining:
    level = MemberLevel.objects.get(slug="associate")
    given = {"why": text("joining"), "brings": "GPU"}
    made = Joining.objects.create(organisation=firm, level=level, state="refused", **given)
    made.notes.create(kind="reason", body=text("joiningnote"))
    return made
