"""Make the labs' hub known as a client of our sign-in, with the key that lies in the data folder."""

import json
from typing import Any

from allauth.idp.oidc.models import Client
from django.conf import settings
from django.core.management.base import BaseCommand

from dure.settings import env


class Command(BaseCommand):
    help = "Make the labs' hub known as a client of our sign-in; run by `dure up --labs`."

    def handle(self, **_options: Any) -> None:
        client, _made = Client.objects.get_or_create(
            id="labs", defaults={"name": "Labs", "type": Client.Type.CONFIDENTIAL, "secret": ""}
        )
        client.skip_consent = True  # it is part of this installation
        client.set_secret(json.loads(env.kept("labs/keys.json"))["client"])
        client.set_scopes(["openid", "profile"])
        client.set_redirect_uris([f"{settings.LABS_URL}/hub/oauth_callback"])
        client.save()
