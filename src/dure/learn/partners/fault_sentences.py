"""The sentences of what can be wrong with a partner's course or a foreign certificate."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import outward
from dure.foundation.faults import register_sentences

SENTENCES: Final = {
    "no_https": _("Give an address that begins with https://."),
    "ends_first": _("It ends before it begins."),
    "unknown_skills": _("The skill catalogue does not have: %(names)s."),
    "bad_skill_level": _("Choose one of the four levels for each skill."),
    "too_many_skills": _("Name at most %(limit)s skills: those that it really teaches."),
    "too_many_issuers": _("A course has at most %(limit)s trusted issuers."),
    "certificate_one_of": _("Hand in one thing: a signed credential, a file, or a link."),
    "certificate_too_large": _("The file is larger than %(limit)s."),
    "certificate_note_too_long": _("The note is longer than %(limit)s characters."),
    "not_signed": _("It is no signed credential, so a person looks at it."),
    "achievement_not_named": _(
        "The course does not say which achievement its certificates name, so the signature alone does not settle it."
    ),
    "achievement_other": _("It was signed for another achievement: %(found)s."),
    "recipient_named": _(
        "It names you, but nothing in it proves that it is yours: others may have the same name."
    ),
    "recipient_unknown": _(
        "Nothing in it shows that it is yours: it has neither an address of yours nor your name."
    ),
}
IN_BYTES: Final = frozenset({"certificate_too_large"})


def register() -> None:
    """Make every code speak; called once when the app is ready."""
    register_sentences(SENTENCES, in_bytes=IN_BYTES)
    register_sentences({f"keys_{code}": sentence for code, sentence in outward.FAULTS.items()})
