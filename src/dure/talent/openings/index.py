"""What of openings can be found by search."""

from django.utils.translation import gettext_lazy as _

from dure.foundation import search
from dure.talent.models import Opening

KIND = "opening"


def register() -> None:
    """Called once when the app is ready. Who finds an opening is asked when somebody searches."""
    search.register_kind(
        KIND,
        label=_("Openings"),
        visible_uids=lambda person: Opening.objects.visible_to(person).values("uid"),
    )


def index_opening(opening: Opening) -> None:
    """Index an opening anew by its words and its organisation."""
    home = opening.organisation
    words = (opening.text_ko, opening.text_en, home.name_ko, home.name_en)
    search.put(
        kind=KIND,
        uid=opening.uid,
        title_ko=opening.title_ko,
        title_en=opening.title_en,
        url=f"/openings/{opening.uid}",
        body="\n".join(words),
    )
