"""Parts of a need's page that come from the floors above, such as the team that is looked for."""

from dure.foundation.sections import Sections

_sections = Sections()
register_need_panel = _sections.register
panels = _sections.of
