"""The kinds of notices that people sends."""

from django.utils.translation import gettext_lazy as _

from dure.foundation import notices

ROLE_CHANGED = notices.register_kind(
    "people.role_changed",
    _("My role in an organisation changes"),
    _("Your role in %(organisation)s has changed."),
    group=notices.ACCOUNT,
)
MEMBERSHIP_ENDED = notices.register_kind(
    "people.membership_ended",
    _("A membership of mine ends"),
    _("Your membership in %(organisation)s has ended."),
    group=notices.ACCOUNT,
)
INVITED = notices.register_kind(
    "people.invited",
    _("I am invited to an organisation"),
    _("%(organisation)s invites you to join it."),
    group=notices.ACCOUNT,
)
JOINED = notices.register_kind(
    "people.joined",
    _("Somebody accepts an invitation"),
    _("Somebody you invited has joined %(organisation)s."),
    group=notices.ACCOUNT,
)
WELCOME = notices.register_kind(
    "people.welcome",
    _("An account is made for me"),
    _("The secretariat has made an account for you. Set a password to enter."),
    group=notices.ACCOUNT,
)
ROLES_CHANGED = notices.register_kind(
    "people.platform_roles",
    _("My platform roles change"),
    _("Your platform roles have changed."),
    group=notices.ACCOUNT,
)
NEW_TEXT = notices.register_kind(
    "people.new_text",
    _("A text I agreed to changes"),
    _("There is a new version of “%(title)s”."),
    group=notices.ACCOUNT,
)
