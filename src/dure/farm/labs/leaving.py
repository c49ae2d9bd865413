"""What becomes of a lab when its person leaves."""

from dure.farm.actions import asking
from dure.farm.labs import homes
from dure.farm.models import Lab
from dure.foundation import events
from dure.people import api as people


def register() -> None:
    """Called once when the app is ready."""
    events.subscribe(people.AccountDeleted, forget)


def forget(event: people.AccountDeleted) -> None:
    """A deleted account's lab ends, and its home goes. Harmless when told twice."""
    lab = Lab.objects.filter(person_id=event.person).select_related("job", "person").first()
    if lab is None:
        return
    if lab.job is not None:
        asking.cancel(lab.job)
    homes.remove_home(lab.person.uid)
