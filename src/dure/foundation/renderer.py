"""How Django forms look: every field with its label, help and errors tied to it for screen readers."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Select
from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from dure.foundation.markup import escaped, together


class DureRenderer(TemplatesSetting):
    """Used for every form (settings.FORM_RENDERER): the whole form, then each field, in our own markup."""

    form_template_name = "foundation/form/form.html"
    field_template_name = "foundation/form/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> Any:
        """A list to choose from is drawn here: Django asks two templates for each of its lines, and there may be 250."""
        if template_name == Select.template_name:
            return _select(context["widget"])
        return super().render(template_name, context, request)


def _select(widget: Mapping[str, Any]) -> SafeString:
    """As Django's template draws it, but for the words of choosing nothing; every word is escaped where it is put in."""
    lines = "".join(_group(name, _named(options, widget)) for name, options, _at in widget["optgroups"])
    opening = f'<select name="{escaped(widget["name"])}"{_attributes(widget["attrs"])}>'
    return together((opening, lines, "\n</select>"))


def _named(options: Iterable[Mapping[str, Any]], widget: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Django calls choosing nothing nine dashes, which a screen reader reads one by one."""
    nothing = pgettext("from a list", "Choose") if widget["required"] else "–"
    dashes = BLANK_CHOICE_DASH[0][1]
    return [{**one, "label": nothing} if one["label"] == dashes else one for one in options]


def _group(name: Any, options: Iterable[Mapping[str, Any]]) -> str:
    lines = "".join(map(_option, options))
    return f'\n  <optgroup label="{escaped(name)}">{lines}\n  </optgroup>' if name else lines


def _option(option: Mapping[str, Any]) -> str:
    value, attributes = escaped(str(option["value"])), _attributes(option["attrs"])
    return f'\n  <option value="{value}"{attributes}>{escaped(localize(option["label"]))}</option>'


def _attributes(attrs: Mapping[str, Any]) -> str:
    return "".join(_attribute(name, value) for name, value in attrs.items() if value is not False)


def _attribute(name: str, value: Any) -> str:
    return f" {escaped(name)}" if value is True else f' {escaped(name)}="{escaped(str(value))}"'
