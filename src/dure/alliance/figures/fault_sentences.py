"""What can be wrong with what is sent for figures, in words."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import register_sentences

SENTENCES = {
    "figures_correction_unexplained": _(
        "The figures of this year are published already. Say what this correction changes."
    ),
    "figures_nothing_noted": _("Choose a size or a region."),
    "figures_size_unknown": _("“%(value)s” is no size of an organisation."),
    "figures_region_unknown": _("“%(value)s” is no region of Korea."),
}


def register() -> None:
    """Called once when the app is ready."""
    register_sentences(SENTENCES)
