"""Every part is documented with an example, and every example renders."""

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory

import dure.foundation
from dure.engines.faults import Fault
from dure.foundation import shapes
from dure.foundation.access import ALLOWED, STRANGER, Refused, by_clock
from dure.foundation.models import Notice
from dure.foundation.notices import Todo
from dure.foundation.templatetags import parts
from dure.foundation.workflow import Offer, Transition

PARTS = Path(dure.foundation.__file__).parent / "templates" / "parts"
REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "parts.md"
TEXT = REFERENCE.read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"^### (\w+)\n.*?```html\n(.*?)```", TEXT, re.MULTILINE | re.DOTALL))
NAMED_ICON = r'(?:\{% icon "|icon_name=")([a-z-]+)"'
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


class Form(forms.Form):
    name = forms.CharField(label="Name", help_text="As on your card")
    agree = forms.BooleanField(label="I agree")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def render(source: str, **context: Any) -> str:
    request: HttpRequest = RequestFactory().get("/?page=2")
    django: Any = engines["django"]
    from django_cotton.compiler_regex import CottonCompiler  # noqa: PLC0415 - only the loader compiles by itself

    template = django.from_string(CottonCompiler().process(source))
    return str(template.render({**context_of_examples(), **context}, request))


def transition(action: str, *, hurts: bool = False) -> Transition:
    return Transition(action, ("open",), "done", by_clock, action.title(), hurts=hurts)


def context_of_examples() -> dict[str, Any]:
    rows = [shapes.Interval("One", 0.1, 0.2, 0.3, tied=True), shapes.Interval("Two", None, 0.5, None)]
    return {
        "person": STRANGER,
        "problem": SimpleNamespace(state_label="Open", state_tags=frozenset({"open", "running"})),
        "trail": [("Problems", "/problems")],
        "offers": [
            Offer(transition("close", hurts=True), ALLOWED),
            Offer(transition("ask"), ALLOWED),
            Offer(transition("open"), Refused("not_host", "Only a host can do this.")),
        ],
        "forms": {"ask": Form()},
        "form": Form({}),
        "faults": [Fault("missing_column", column="id", row=1)],
        "page": Paginator(list(range(60)), 20).get_page(2),
        "notices": [Notice(kind="unknown", created_at=AT, url="/x")],
        "todos": [Todo("Answer the question", "/x", "The secretariat asked", AT)],
        "at": AT,
        "entries": [{"title": "Opened", "at": AT}, {"title": "Closes", "at": AT, "ahead": True}],
        "steps": [("Post", "in plain words"), ("Rank", "at the table"), ("Solve", "together")],
        "plot": shapes.interval_plot(rows),
        "scale": shapes.Scale(0.0, 1.0),
        "rows": shapes.balances([("KAIST", 120, 30), ("ETRI", 10, 60)]),
    }


def test_every_part_is_in_the_reference_with_an_example() -> None:
    assert {path.stem for path in PARTS.glob("*.html")} == set(EXAMPLES)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_every_example_renders(name: str) -> None:
    html = render(EXAMPLES[name])
    assert "<c-" not in html
    assert "{{" not in html
    assert re.sub(r"<[^>]+>", "", html).strip()


def test_the_action_bar_offers_what_is_allowed_and_says_why_not() -> None:
    html = render(EXAMPLES["action_bar"])
    assert re.search(r'<button name="action" value="close" class="danger" data-confirm="[^"]+">', html)
    assert "Only a host can do this." in html
    assert 'value="open"' not in html


def test_a_form_ties_help_and_errors_to_its_fields_and_sums_them_up() -> None:
    html = render("<c-form :form='form' />")
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert '<a href="#id_name">Name</a>' in html
    assert html.count('role="alert"') == 1


def test_places_in_pictures_have_a_point_in_korean() -> None:
    html = render(EXAMPLES["intervals"], plot=shapes.interval_plot([shapes.Interval("A", 0.1, 0.25, 0.7)]))
    widths = re.findall(r"(?:left|width):([^;%\"]+)%", html)
    assert widths
    assert all(re.fullmatch(r"\d+\.\d\d", width) for width in widths)


def test_who_is_signed_out_is_shown_the_way_in_instead_of_reasons() -> None:
    offer = Offer(transition("open"), Refused("sign_in", "Sign in first."))
    html = render(EXAMPLES["action_bar"], offers=[offer])
    assert "/account/login/?next=/%3Fpage%3D2" in html


def test_every_icon_that_is_named_is_in_the_sprite() -> None:
    package = Path(dure.foundation.__file__).parents[1]
    sprite = (package / "foundation" / "static" / "foundation" / "icons.svg").read_text(encoding="utf-8")
    known = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    used = {
        name for path in package.rglob("*.html") for name in re.findall(NAMED_ICON, path.read_text("utf-8"))
    }
    assert {*used, *parts.ICON_OF_TAG.values(), *parts.ICON_OF_LEVEL.values()} <= known


def test_the_style_sheet_and_the_script_stay_small() -> None:
    static = Path(dure.foundation.__file__).parent / "static" / "foundation"
    assert len(gzip.compress((static / "dure.css").read_bytes(), 9)) <= 5 * 1024
    assert len(gzip.compress((static / "dure.js").read_bytes(), 9)) <= 1.5 * 1024
