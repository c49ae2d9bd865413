"""The holder's choice of who sees a credential."""

from django.db import transaction

from dure.foundation import audit
from dure.foundation.access import demand
from dure.learn.credentials import rules
from dure.learn.models import Credential
from dure.people import api as people


@transaction.atomic
def share(credential: Credential, *, by: people.Person, shared: bool) -> Credential:
    """Let whoever has the link see it, or nobody else. Raises Denied for anybody but the holder."""
    demand(rules.may_share(by, credential))
    locked = Credential.objects.select_for_update().get(pk=credential.pk)
    if locked.is_shared != shared:
        locked.is_shared = shared
        locked.save(update_fields=["is_shared"])
        audit.write(by=by, action="credential.shared" if shared else "credential.hidden", obj=locked)
    return locked
