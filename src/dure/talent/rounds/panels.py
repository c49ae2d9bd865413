"""Parts of a round's page that come from elsewhere, such as its ethics."""

from dure.foundation.sections import Sections

_sections = Sections()
register_panel = _sections.register
panels = _sections.of
