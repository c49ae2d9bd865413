"""The REST document keeps its word: whatever is sent, no crash, and no status, media type or shape it does not name.

Each operation is called with made-up bodies and queries (the same ones every time), with places in the address that exist and
places that do not, by a stranger, by a person with a token, and by the secretariat.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from ninja import Schema
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from dure.people.actions.tokens import create_token
from dure.people.models import Membership, PersonalAccessToken
from dure.people.rest.organisations import MembershipRole
from dure.web.rest import api
from dure.wsgi import application
from tests.web import world as worlds
from tests.web.addresses import Route
from tests.web.world import World

# Schemathesis reads an answer and leaves closing a streamed file to the garbage collector; a server closes it.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
CALLERS = ("stranger", "team", "secretariat")
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
SPREAD = 3
"""Tests over which the operations of one caller are spread, so that one worker does not stand at the end with all of them."""

EXAMPLES = {"stranger": 1, "team": 3, "secretariat": 2}
"""A stranger is refused before anything is read; what is read is read the same way for all who may."""

SIDES: dict[str, list[str | None]] = {
    "stranger": ["shown"],
    "team": [None, "shown", "hidden"],
    "secretariat": ["shown", "hidden"],
}
"""Where the places of an address lead; None makes them up."""

DOCUMENT: dict[str, Any] = api.get_openapi_schema()
OPERATIONS = [(method, path) for path, found in DOCUMENT["paths"].items() for method in found]
BOUNDED = settings(
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """A server drops its connection between requests; here it holds the test's transaction."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.fixture
def world() -> World:
    return worlds.hide(worlds.built())


@pytest.fixture(scope="module")
def document() -> Any:
    schema = schemathesis.openapi.from_dict(DOCUMENT)
    schema.app = application
    return schema


def headers_of(world: World, caller: str) -> dict[str, str]:
    plainly = {"Accept-Encoding": "identity"}
    if caller == "stranger":
        return plainly
    scopes = PersonalAccessToken.Scope.values
    plain = create_token(world.people[caller], name="document", scopes=scopes, days=1).plain
    return plainly | {"Authorization": f"Bearer {plain}"}


def places(world: World, path: str, side: str) -> dict[str, Any] | None:
    """Values for the places of an address on one side of the world; None where it has no place or no value."""
    route = Route(path, ())
    values = worlds.values_of(world, side)
    if not route.keys or not set(route.keys) <= values.keys():
        return None
    return {name: str(values[words, name]) for words, name in route.keys}


def call(operation: Any, *, headers: dict[str, str], fixed: dict[str, Any] | None, times: int) -> None:
    """A few generated requests, each taken back, each answer held against the document."""

    @settings(BOUNDED, max_examples=times)
    @given(case=operation.as_strategy(path_parameters=fixed))
    def each(case: Any) -> None:
        with transaction.atomic():
            answer = case.call(headers=headers)
            transaction.set_rollback(True)
        case.validate_response(answer, checks=CHECKS, headers=headers)

    each()


@pytest.mark.parametrize("part", range(SPREAD))
@pytest.mark.parametrize("caller", CALLERS)
def test_no_answer_that_the_document_does_not_name(
    world: World, document: Any, caller: str, part: int
) -> None:
    headers, wrong = headers_of(world, caller), []
    for method, path in OPERATIONS[part::SPREAD]:
        operation = document[path][method.upper()]
        for side in SIDES[caller] if "{" in path else [None]:
            fixed = places(world, path, side) if side else None
            if side and fixed is None:
                continue
            try:
                call(operation, headers=headers, fixed=fixed, times=EXAMPLES[caller])
            except (AssertionError, schemathesis.core.failures.FailureGroup, ExceptionGroup) as error:
                wrong.append(f"{method} {path} ({side}): {_told(error)}")
    assert not wrong, "\n".join(wrong)


def _told(error: BaseException) -> str:
    inner = getattr(error, "exceptions", None)
    if inner:
        return "; ".join(_told(one) for one in inner)
    return " ".join(f"{type(error).__name__}: {error}".split())[:600]


def test_every_operation_is_called() -> None:
    assert len(OPERATIONS) > 50
    assert {method for method, _ in OPERATIONS} <= {"get", "post", "put", "patch", "delete"}


def test_no_two_shapes_share_a_name() -> None:
    """The document knows shapes by name alone: of two with one name it would describe only the last."""
    names = Counter(shape.__name__ for shape in _shapes(Schema) if shape.__module__.startswith("dure."))
    assert [name for name, times in names.items() if times > 1] == []


def _shapes(top: type) -> set[type]:
    below: set[type] = set(top.__subclasses__())
    return below.union(*(_shapes(shape) for shape in below))


def test_the_documents_roles_of_a_membership_are_the_models() -> None:
    assert get_args(MembershipRole) == tuple(Membership.Role.values)
