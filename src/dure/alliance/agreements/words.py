"""How an agreement is spoken of: what comes next, and the names of its parts."""

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NEXT: Final[dict[str, str | Promise]] = {
    "draft": _("The text is being written. When it is whole, the secretariat sends it to the parties."),
    "in_review": _(
        "Each party reads it and approves this revision or asks for changes. When all have approved, "
        "the secretariat opens it for signing."
    ),
    "signing": _(
        "Each party signs this revision. When all have signed, it comes into force on its first day. "
        "If one refuses, it goes back to drafting."
    ),
    "active": _("It is in force. Its parties are told 90, 30 and 7 days before it ends."),
    "expiring": _(
        "It ends soon. An amendment can move its last day, or a successor takes its place. Otherwise it runs out."
    ),
    "superseded": _("Another agreement has taken its place."),
    "expired": _("It has run out. What was shared in its circle is closed."),
    "terminated": _("It was ended early. What was shared in its circle is closed."),
    "abandoned": _("It was given up before it came into force."),
}
PARTS: Final[dict[str, str | Promise]] = {
    "title": _("Title"),
    "kind": _("Kind"),
    "parties": _("Parties"),
    "cooperation": _("Fields of cooperation"),
    "term": _("Term and notice"),
    "authoritative": _("Which text decides"),
    "public": _("Public title"),
    "articles_ko": _("Articles in Korean"),
    "articles_en": _("Articles in English"),
    "confidentiality": _("Confidentiality"),
    "ip": _("Intellectual property"),
    "payments": _("Payments"),
}
TEXT_IN: Final = {
    "ko": {True: "한국어본 (정본)", False: "한국어본 (번역)"},
    "en": {True: "English text (authoritative)", False: "English text (translation)"},
}
"""What a text on paper is called in its own language, whoever reads: whether it decides."""
PART_IN: Final = {
    "ko": {"confidentiality": "비밀 유지", "ip": "지식 재산"},
    "en": {"confidentiality": "Confidentiality", "ip": "Intellectual property"},
}


def who_sees(agreement: Any) -> str:
    """In words, for the reader, by name."""
    names = ", ".join(party.organisation.name for party in agreement.standing)
    if agreement.state in ("draft", "in_review", "signing", "abandoned"):
        return str(
            _("Representatives of %(names)s and the secretariat. Nobody else knows that it exists.")
        ) % {"names": names}
    said = str(_("Everybody in %(names)s, the secretariat and auditors.")) % {"names": names}
    more = (
        _("Everybody may know its title.")
        if agreement.is_public
        else _("Nobody else, other members neither.")
    )
    return f"{said} {more}"
