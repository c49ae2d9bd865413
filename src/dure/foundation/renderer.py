"""How Django forms look: every field with its label, help and errors tied to it for screen readers."""

from django.forms.renderers import DjangoTemplates


class DureRenderer(DjangoTemplates):
    """Used for every form (settings.FORM_RENDERER): the whole form, then each field, in our own markup."""

    form_template_name = "foundation/form/form.html"
    field_template_name = "foundation/form/field.html"
