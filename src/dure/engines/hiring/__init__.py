"""What Korean law forbids to ask of applicants, to prefer in an opening, or to publish of a person.

The rules rest on secondary sources and no lawyer has read them. A warning asks a person to look. It `is_doubtful` where the
words may mean something else, so that whoever publishes them may say so; what is asked for without a doubt has no such way.
"""

from dure.engines.hiring.checking import MOST_READ, checked_text
from dure.engines.hiring.fields import FORBIDDEN_FIELDS, forbidden_fields
from dure.engines.hiring.sentences import FAULTS, LAWS, WARNINGS
from dure.engines.hiring.values import HiringWarning, Side

__all__ = [
    "FAULTS",
    "FORBIDDEN_FIELDS",
    "LAWS",
    "MOST_READ",
    "WARNINGS",
    "HiringWarning",
    "Side",
    "checked_text",
    "forbidden_fields",
]
