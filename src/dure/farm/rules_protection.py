"""Whether strangers' programs may run here at all."""

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from dure.engines import sandbox
from dure.farm.models import Node
from dure.foundation.access import ALLOWED, Decision, Refused


def may_run() -> Decision:
    """Refused where no machine's walls are high enough. Before the first runner has started nobody knows, and jobs wait for it."""
    level = Node.objects.aggregate(most=Max("level"))["most"]
    if level is None or level >= sandbox.LEAST_LEVEL:
        return ALLOWED
    words = _(
        "Programs are not run here: the sandbox has level %(level)s of 4, and %(least)s is needed. The operator finds what is "
        "missing with `dure doctor`."
    )
    return Refused("unprotected", words % {"level": level, "least": sandbox.LEAST_LEVEL})
