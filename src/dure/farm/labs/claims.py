"""What Dure tells the labs' hub of a person who signs in: a name that means nothing to others, and whether they may come in."""

from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter

from dure.farm.labs import rules
from dure.people import api as people

GROUP = "labs"
"""The hub lets in this group and nobody else (`hub.setting.GROUP`)."""


class Claims(DefaultOIDCAdapter):  # type: ignore[misc]  # allauth ships no types
    """No e-mail address and no name: the hub has no use for them."""

    def get_claims(
        self, purpose: str, user: people.Person, client: Any, *_more: Any, **_named: Any
    ) -> dict[str, Any]:
        """The same for the identity token and for the hub's question who it is."""
        del purpose
        groups = [GROUP] if rules.may_work(user) else []
        return {"sub": self.get_user_sub(client, user), "person": user.uid.hex, "groups": groups}
