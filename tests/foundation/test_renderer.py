"""Lists to choose from, drawn without a template, are the same as Django draws them."""

import pytest
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import DjangoTemplates
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from dure.foundation.renderer import DureRenderer

PLAIN = [("", _("Any")), ("a", 'A & "B"'), (7, 7_000), ("<s>", "<b>bold</b>")]
GROUPED = [("Fruit & nuts", [("a", "Apple"), ("n", "Nut")]), ("o", "Other")]


class Form(forms.Form):
    plain = forms.ChoiceField(choices=PLAIN, required=False)
    grouped = forms.ChoiceField(choices=GROUPED)
    many = forms.MultipleChoiceField(
        choices=GROUPED, widget=forms.SelectMultiple(attrs={"size": 3, "x": False})
    )
    yes_or_no = forms.NullBooleanField()


def without_gaps(html: str) -> str:
    """Django's templates leave empty lines behind."""
    return html.replace("\n\n", "\n")


@pytest.mark.parametrize(
    "data", [None, {}, {"plain": "<s>", "grouped": "o", "many": ["a", "o"], "yes_or_no": "true"}]
)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_select_is_the_same_as_djangos(data: dict[str, object] | None, language: str) -> None:
    ours, theirs = Form(data, renderer=DureRenderer()), Form(data, renderer=DjangoTemplates())
    with translation.override(language):
        assert [str(field) for field in ours] == [without_gaps(str(field)) for field in theirs]
        assert "<optgroup" in str(ours["grouped"])


@pytest.mark.parametrize(("is_required", "said"), [(True, "고르십시오"), (False, "–")])
def test_choosing_nothing_is_no_row_of_dashes(is_required: bool, said: str) -> None:
    class Dashed(forms.Form):
        what = forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("a", "A")], required=is_required)

    with translation.override("ko"):
        found = str(Dashed(renderer=DureRenderer())["what"])
    assert f'<option value="" selected>{said}</option>' in found
