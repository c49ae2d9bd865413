"""What the demo notes of its organisations: sizes and seats that the public record names, and those of made-up ones."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.db import transaction

from dure.alliance.models import OrganisationFacts
from dure.people import api as people
from dure.problems import api as problems


@cache
def content() -> Any:
    """What stands in the file beside this module: slug → size and region."""
    return yaml.safe_load(files(__package__).joinpath("demo.yaml").read_text(encoding="utf-8"))


@transaction.atomic
def load(_event: problems.DemoLoaded) -> None:
    """Put them into the demo, once: what is there already stays as people left it."""
    known = people.Organisation.objects.filter(slug__in=content(), alliance_facts=None).order_by("pk")
    OrganisationFacts.objects.bulk_create(
        OrganisationFacts(organisation=one, **content()[one.slug]) for one in known
    )
