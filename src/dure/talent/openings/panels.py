"""Parts of an opening's page that come from elsewhere: applying, candidates, the round it belongs to, its ethics."""

from dure.foundation.sections import Sections

_sections = Sections()
register_panel = _sections.register
panels = _sections.of
