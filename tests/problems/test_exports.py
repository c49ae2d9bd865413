"""A person's export holds what problems keep about them, and nothing of others."""

import io
import json
import zipfile

import pytest

from tests.factories.people import client_of, person
from tests.factories.problems import entered, open_challenge, submitted

pytestmark = pytest.mark.django_db


def test_ones_own_submissions_are_in_the_export_and_others_are_not() -> None:
    challenge = open_challenge()
    mine = person()
    submitted(entered(challenge, by=mine, name="mine"), note="my note")
    submitted(entered(challenge, name="theirs"), note="their note", seed=1)
    archive = zipfile.ZipFile(io.BytesIO(client_of(mine).get("/me/export").content))
    handed = json.loads(archive.read("submissions.json"))
    assert [(one["team__name"], one["note"]) for one in handed] == [("mine", "my note")]
    assert [one["team__name"] for one in json.loads(archive.read("teams.json"))] == ["mine"]
    assert {"needs.json", "results.json", "messages.json", "terms_accepted.json"} <= set(archive.namelist())
