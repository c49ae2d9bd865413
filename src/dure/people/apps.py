"""The people app."""

from typing import Any, Final

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

SETTINGS: Final = (
    (_("Profile"), "people:profile"),
    (_("E-mail addresses"), "account_email"),
    (_("Password"), "account_change_password"),
    (_("Passkeys and two-step sign-in"), "mfa_index"),
    (_("Linked accounts"), "socialaccount_connections"),
    (_("Access tokens"), "people:tokens"),
    (_("Consents and data"), "people:consents"),
)
"""What a person sets for themselves, in the order of the menu."""


class PeopleConfig(AppConfig):
    name = "dure.people"
    label = "people"
    verbose_name = "People"

    def ready(self) -> None:
        """Tell the ground floor what people brings: links, searchable kinds, sentences, first texts."""
        from dure.foundation import faults, navigation, notices, search  # noqa: PLC0415 - models are loaded only now
        from dure.foundation.access import is_signed_in  # noqa: PLC0415 - same
        from dure.people import accounts, kinds, visibility  # noqa: F401, PLC0415 - same; importing registers
        from dure.people.actions.consents import ensure_texts  # noqa: PLC0415 - same
        from dure.people.actions.skills import ensure_skills  # noqa: PLC0415 - same
        from dure.people.faults import SENTENCES  # noqa: PLC0415 - same
        from dure.people.models import Skill  # noqa: PLC0415 - same
        from dure.people.todos import todos  # noqa: PLC0415 - same

        faults.register_sentences(SENTENCES)
        notices.register_todos(todos)
        post_migrate.connect(ensure_texts, sender=self)
        post_migrate.connect(ensure_skills, sender=self)
        search.register_kind(
            "organisation",
            label=_("Organisations"),
            visible_uids=lambda person: visibility.visible_organisations(person).values("uid"),
        )
        search.register_kind(
            "person",
            label=_("People"),
            visible_uids=lambda person: visibility.visible_people(person).values("uid"),
        )
        search.register_kind(
            "skill",
            label=_("Skills"),
            visible_uids=lambda _person: Skill.objects.in_force().values("uid"),
        )
        navigation.add(_("Skills"), "people:skills", order=55)
        navigation.add(_("Organisations"), "people:organisations", order=60)
        navigation.add(_("People"), "people:people", order=70, shown=is_signed_in)
        for order, (label, url_name) in enumerate(SETTINGS, start=10):
            navigation.add(
                label, url_name, order=order, place="account", group="settings", shown=is_signed_in
            )
        navigation.add(
            _("Accounts and roles"),
            "people:accounts",
            order=80,
            place="account",
            group="running",
            shown=_runs_it,
        )


def _runs_it(person: Any) -> bool:
    return bool({"secretariat", "operator"} & set(person.roles))
