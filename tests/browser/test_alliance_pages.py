"""Pages of the alliance in all the ways to look at them: for a member's representative, for who applies, for the secretariat."""

from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.browser.visit import visit_all
from tests.factories import agreements, commitments, members, people

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def speaking() -> tuple[Any, list[str]]:
    """A representative of a member with an agreement in force, one to sign, and pledges both ways."""
    member, other = members.entered(), people.organisation()
    firm = member.organisation
    made, signing = agreements.active(firm, other), agreements.in_signing(firm, other)
    given = commitments.confirmed(made, donor=firm, beneficiary=other)
    commitments.confirmed(made, donor=other, beneficiary=None)
    agreement, own = f"/agreements/{made.uid}", f"/members/{firm.slug}"
    party = next(one for one in signing.standing if one.organisation_id == firm.pk)
    return agreements.representative_of(firm), [
        "/agreements",
        agreement,
        f"{agreement}/revisions/1",
        f"{agreement}/commitments",
        f"/commitments/{given.uid}",
        f"/agreements/{signing.uid}/parties/{party.uid}/sign",
        f"/ledger/accounts/{firm.slug}",
        "/members",
        own,
        f"{own}/deputies",
        f"{own}/sight",
    ]


def applying() -> tuple[Any, list[str]]:
    """A representative of an organisation that wants to join."""
    return agreements.representative_of(members.outsider()), ["/joinings", "/joinings/new"]


def keeping() -> tuple[Any, list[str]]:
    """The secretariat with an application to decide on."""
    made, level = members.joining(), members.level()
    return agreements.secretary(), [
        "/agreements/new",
        f"/joinings/{made.uid}",
        "/contact-book",
        "/member-levels",
        f"/member-levels/{level.uid}",
        "/ledger",
    ]


@pytest.mark.parametrize("who", [speaking, applying, keeping], ids=lambda who: who.__name__)
def test_pages_of_the_alliance_keep_their_promises(
    who: Any, browser: Browser, live_server: LiveServer
) -> None:
    with transaction.atomic():
        visitor, paths = who()
    visit_all(browser, base=live_server.url, person=visitor, paths=paths, name=f"alliance-{who.__name__}")
