"""What people are told of sites."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.farm.models import Site, SiteUse
from dure.farm.notices_sharing import SHARING
from dure.foundation import notices
from dure.people import api as people

SILENT = notices.register_kind(
    "farm.site_silent",
    _("Our site has fallen silent"),
    _("Nothing has been heard from the site “%(site)s” since %(since)s; what is asked of it waits."),
    group=SHARING,
)
WAITS = notices.register_kind(
    "farm.site_waits",
    _("A site that I asked has fallen silent"),
    _("Nothing has been heard from a site since %(since)s; “%(title)s” waits for it."),
    group=SHARING,
)


def tell_silent(site: Site) -> None:
    """The owner's representatives learn which machine it is; those who asked, only which of their things wait."""
    since = f"{site.seen_at:%Y-%m-%d %H:%M} UTC"
    notices.notify(
        _representatives(site),
        SILENT,
        url=reverse("farm:site", args=[site.uid]),
        params={"site": site.name, "since": since},
    )
    waiting = SiteUse.objects.filter(dataset__site=site, state=SiteUse.State.APPROVED).select_related(
        "asked_by"
    )
    for use in waiting.order_by("pk"):
        notices.notify(
            [use.asked_by], WAITS, url=reverse("farm:sites"), params={"title": use.title, "since": since}
        )


def _representatives(site: Site) -> list[Any]:
    role = people.Membership.Role.REPRESENTATIVE
    held = people.Membership.objects.current().filter(role=role, organisation_id=site.organisation_id)
    return list(people.Person.objects.filter(pk__in=held.values("person_id")))
