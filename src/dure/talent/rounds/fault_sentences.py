"""The sentences of what can be wrong with a placement round, a ranking or a table of classes."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from dure.engines import placement
from dure.foundation.faults import register_sentences

SENTENCES: Final = {
    "no_reason": _("Give a reason; the people concerned will read it."),
    "round_too_many_keepers": _("At most %(limit)s organisations keep a secret."),
    "round_too_many_openings": _("A round has the seats of at most %(limit)s openings."),
    "round_too_many_limits": _("An opening has at most %(limit)s reserves and quotas."),
    "round_limits_mixed": _(
        "At one opening limit either institutions or regions, not both: the groups would overlap."
    ),
    "round_group_malformed": _(
        "“%(group)s” names no group. Write “institution:” with the organisation’s short name, or “region:” with a code."
    ),
    "round_star_reserve": _("“%(group)s” stands for each group by itself: it has a quota and no reserve."),
    "round_too_many_choices": _("Rank at most %(limit)s seats."),
    "round_own_seat": _("You give the classes of this seat, so you cannot rank it."),
    "round_seat_gone": _("This opening does not take people now."),
    "round_not_ranked": _(
        "This person did not rank this seat: nobody is placed where they did not ask to go."
    ),
    "round_rank_range": _("An order number is a whole number from 1 to %(high)s."),
    "round_commitment_malformed": _(
        "A commitment is the SHA-256 of the secret: 64 hexadecimal digits in small letters."
    ),
    "round_region_unknown": _("“%(value)s” is no region. Write a code such as KR-26."),
    "round_institution_unknown": _("“%(value)s” is the short name of no organisation here."),
    "round_reason_too_long": _("A reason has at most %(limit)s characters."),
    "round_correction_empty": _("Nothing of what was frozen is changed. Change the row that was wrong."),
    "round_correction_too_large": _("A correction changes at most %(limit)s rows."),
    "round_correction_twice": _("A row stands twice."),
    "round_not_rerun": _(
        "The rows are not those that were frozen, or the verifier found a break. Nothing was changed; ask the operator."
    ),
    "classes_too_large": _("The table is larger than %(limit)s."),
    "classes_header": _("The first line must begin with “pseudonym,class”."),
    "classes_columns": _("A line has a pseudonym and a class, with a comma between them."),
    "classes_twice": _("“%(name)s” stands twice."),
    "classes_range": _(
        "A class is a whole number from 1 to %(high)s; leave it empty for who is not acceptable."
    ),
    "classes_unknown": _("%(count)s of these do not rank this seat: %(names)s."),
}
IN_BYTES: Final = frozenset({"classes_too_large"})


def register() -> None:
    """Make every code speak; called once when the app is ready."""
    register_sentences(SENTENCES, in_bytes=IN_BYTES)
    register_sentences({code: _(sentence) for code, sentence in placement.FAULTS.items()})
