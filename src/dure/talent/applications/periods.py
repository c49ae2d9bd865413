"""How long things take: promises to applicants, and how long what they wrote is kept."""

from datetime import timedelta
from typing import Final

DECIDE: Final = timedelta(days=14)
"""From the deadline of the opening (or from the application, whichever is later) to the organisation's answer."""

ANSWER: Final = timedelta(days=7)
"""That an applicant has to answer an offer, unless whoever makes it gives another date."""

SOONEST_ANSWER: Final = timedelta(days=2)
LATEST_ANSWER: Final = timedelta(days=60)
APPEAL: Final = timedelta(days=30)
"""After a decision, in which one can appeal against it."""

ANSWER_APPEAL: Final = timedelta(days=14)
KEPT: Final = timedelta(days=90)
"""After the decision, until all that anybody wrote is deleted.

The Fair Hiring Procedure Act leaves 14 to 180 days to ask for papers back, after which they are destroyed (facts/talent, section 8,
secondary sources). Ninety days hold an appeal (30), its answer (14) and the new decision (14), and nothing needs them longer.
What a person withdrew goes at the next strike of the clock.
"""

AT_ONCE: Final = timedelta(0)
