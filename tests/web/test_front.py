"""The front door answers everyone."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_front_page_and_health_answer_a_stranger(client: Client) -> None:
    assert client.get("/").status_code == 200
    assert client.get("/health").json() == {"status": "ok"}
