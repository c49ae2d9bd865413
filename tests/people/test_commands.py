"""The operator's commands about people."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from dure.foundation.models import AuditEntry
from tests.factories.people import person

pytestmark = pytest.mark.django_db


def test_the_operator_names_the_first_of_the_secretariat() -> None:
    someone = person("first@example.org")
    with pytest.raises(CommandError, match=r"nobody@example\.org"):
        call_command("grant_role", "nobody@example.org", "secretariat")
    call_command("grant_role", "First@example.org", "secretariat", stdout=StringIO())
    someone.refresh_from_db()
    assert someone.roles == ["secretariat"]
    entry = AuditEntry.objects.get(action="person.role_granted")
    assert (entry.actor_name, entry.origin) == ("system", "grant_role")


def test_the_operator_lets_somebody_in_and_it_is_on_record() -> None:
    person("lost@example.org")
    out = StringIO()
    call_command("login_link", "lost@example.org", stdout=out)
    assert Client().post(out.getvalue().strip()).status_code == 302
    assert AuditEntry.objects.filter(action="person.link_issued").exists()
    with pytest.raises(CommandError, match=r"nobody@example\.org"):
        call_command("login_link", "nobody@example.org")
