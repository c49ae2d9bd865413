"""Templates folded at loading say what the same templates say unfolded, to everybody and in each language."""

from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Engine, Template, engines
from django.template.base import Node
from django.template.loader import get_template
from django.urls import set_script_prefix
from django.utils import translation

import dure
from dure.foundation import folding
from dure.foundation.addresses import address

SPECIMEN = """{% load i18n static humanize %}<!-- {# none #} -->{% comment %}unsaid{% endcomment %}
{% translate "Search" %} {% static 'foundation/favicon.svg' %} {% url 'notices' %} {% icon "bell" %} {% translate "100%" %}
{% if who %}{% translate "Notices" %}{{ who }}{% icon name %}{% else %}{% translate "Sign in" %}{% url 'search' %}{% endif %}
{% for one in many %}{% translate "Yes, go ahead" %}{{ one }}{% empty %}{% translate "No notices yet" %}{% endfor %}
{% translate word %}{% translate "Cancel" as no %}{{ no }}{% url page as there %}{{ there }}{% url 'problems:challenge' slug %}
{% blocktranslate with name=who trimmed %}Hello, {{ name }}{% endblocktranslate %}
{% blocktranslate count n=many|length trimmed %}{{ n }} team{% plural %}{{ n }} teams{% endblocktranslate %}
{% with inner=who %}{% translate "Menu" %}{{ inner }}{% endwith %}{% translate "Search"|upper %}
{% language "en" %}{% translate "Search" %}{% endlanguage %}"""
CONTEXTS: list[dict[str, Any]] = [
    {"who": "<Kim>", "name": "eye", "many": [1], "word": "Search", "page": "notices", "slug": "a"},
    {"who": "", "name": "lock", "many": [], "word": "Menu", "page": "search", "slug": "b"},
    {"who": "Lee", "name": "user", "many": [1, 2, 3], "word": "Yes", "page": "nowhere", "slug": "a"},
]


def engine() -> Engine:
    found: Engine = engines["django"].engine  # type: ignore[attr-defined]  # the stubs know only the base of all backends
    return found


def compiled(source: str = SPECIMEN, *, folded: bool) -> Template:
    template = engine().from_string(source)
    if folded:
        template.nodelist = folding.fold(template.nodelist)
    return template


def said(template: Template) -> list[str]:
    """The template for each reader in each language, one after the other, so that what is kept meets another reader."""
    out: list[str] = []
    for language in ("ko", "en", "ko"):
        with translation.override(language):
            out += [template.render(Context(context)) for context in CONTEXTS]
    return out


def test_a_folded_template_says_the_same() -> None:
    plain, folded = said(compiled(folded=False)), said(compiled(folded=True))
    assert folded == plain
    assert len(set(plain)) == len(CONTEXTS) * 2


def test_what_never_changes_is_one_piece_that_asks_nothing_of_the_context() -> None:
    source = (
        '{% load i18n %}<p>{% translate "Search" %}</p>{% icon "bell" %}<a href="{% url \'notices\' %}">x</a>'
    )
    (piece,) = compiled(source, folded=True).nodelist
    assert isinstance(piece, folding.Constant)
    with translation.override("en"):
        assert "Search" in piece.render_annotated(None)


@pytest.mark.parametrize(
    "tag",
    [
        "{% translate word %}",
        '{% translate "Search" as word %}',
        '{% translate "Search"|add:word %}',
        "{% icon name %}",
        "{% url page %}",
        '{% url "problems:challenge" slug %}',
        '{% url "notices" as there %}',
        "{% static word %}",
        "{{ who }}",
        "{% csrf_token %}",
        '{% query page="2" %}',
    ],
)
def test_whatever_takes_from_the_context_is_asked_each_time(tag: str) -> None:
    nodes = compiled("{% load i18n static %}" + tag, folded=True).nodelist
    assert not isinstance(nodes[-1], folding.Constant)


def test_addresses_follow_the_place_of_the_site() -> None:
    folded = compiled("{% url 'notices' %} {% url 'problems:challenge' slug %}", folded=True)
    try:
        for prefix in ("/", "/dure/", "/"):
            set_script_prefix(prefix)
            assert (
                folded.render(Context({"slug": "a"})).split()
                == [
                    f"{prefix}notices",
                    f"{prefix}challenges/a",
                ]
                == [
                    address("notices"),
                    address("problems:challenge", "a"),
                ]
            )
    finally:
        set_script_prefix("/")


def test_every_template_is_loaded_folded() -> None:
    for path in Path(dure.__file__).parent.glob("*/templates/**/*.html"):
        name = path.relative_to(next(one for one in path.parents if one.name == "templates"))
        template: Any = get_template(str(name))
        assert isinstance(template.template.nodelist, folding.Folded), name


def test_blocks_are_found_as_before() -> None:
    template: Any = get_template("foundation/base.html")
    found = template.template.nodelist.get_nodes_by_type(Node)
    assert {"title", "main", "aside"} <= {getattr(node, "name", "") for node in found}
