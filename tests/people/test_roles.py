"""Platform roles and closing accounts: never one's own, always on record."""

import pytest

from dure.foundation.access import SYSTEM, Denied
from dure.foundation.models import Notice
from dure.people.actions.roles import grant_role, revoke_role, role_history, set_active
from tests.factories.people import client_of, person

pytestmark = pytest.mark.django_db


def test_the_secretariat_gives_and_takes_but_never_its_own() -> None:
    secretary, someone = person(roles=["secretariat"]), person()
    for by in (person(), person(roles=["operator"])):
        with pytest.raises(Denied, match="not_secretariat"):
            grant_role(someone, "guru", by=by)
    with pytest.raises(Denied, match="own_role"):
        grant_role(secretary, "operator", by=secretary)
    with pytest.raises(Denied, match="own_role"):
        revoke_role(secretary, "secretariat", by=secretary)
    with pytest.raises(Denied, match="unknown_role"):
        grant_role(someone, "king", by=secretary)
    for _ in range(2):
        grant_role(someone, "guru", by=secretary)
    revoke_role(someone, "guru", by=secretary)
    assert [entry.action for entry in role_history(someone)] == ["person.role_revoked", "person.role_granted"]
    assert Notice.objects.filter(person=someone, kind="people.platform_roles").count() == 2


def test_the_last_of_the_secretariat_keeps_the_role() -> None:
    last = person(roles=["secretariat"])
    with pytest.raises(Denied, match="last_secretary"):
        revoke_role(last, "secretariat", by=SYSTEM)
    with pytest.raises(Denied, match="last_secretary"):
        set_active(last, by=person(roles=["operator"]), active=False)
    person(roles=["secretariat"])
    assert revoke_role(last, "secretariat", by=SYSTEM).roles == []


def test_a_closed_account_is_out_at_once_and_may_come_back() -> None:
    operator, someone = person(roles=["operator"]), person()
    client = client_of(someone)
    with pytest.raises(Denied, match="own_account"):
        set_active(operator, by=operator, active=False)
    with pytest.raises(Denied, match="not_your_role"):
        set_active(operator, by=someone, active=False)
    assert client.get("/me").status_code == 200
    set_active(someone, by=operator, active=False)
    assert client.get("/me").status_code == 403
    set_active(someone, by=operator, active=True)
    assert client.get("/me").status_code == 200


def test_the_pages_and_rest_change_roles_and_show_the_history() -> None:
    secretary, someone = client_of(person(roles=["secretariat"])), person()
    page = f"/accounts/{someone.uid}"
    assert secretary.post(f"{page}/role", {"role": "guru", "do": "grant"}).status_code == 302
    assert secretary.get(page).context["history"].paginator.count == 1
    rest = f"/api/v1/accounts/{someone.uid}"
    assert secretary.put(f"{rest}/roles/auditor").json()["roles"] == ["auditor", "guru"]
    assert secretary.delete(f"{rest}/roles/guru").json()["roles"] == ["auditor"]
    assert secretary.put(f"{rest}/roles/king").status_code == 422
    assert secretary.get(f"{rest}/history").json()["count"] == 3
    closed = secretary.patch(rest, {"is_active": False}, content_type="application/json")
    assert closed.json()["is_active"] is False
    assert secretary.post(f"{page}/active", {"do": "open"}).status_code == 302
    assert secretary.get("/api/v1/accounts", {"q": str(someone.email)}).json()["items"][0]["is_active"]
    assert client_of(someone).put(f"{rest}/roles/secretariat").status_code == 403
