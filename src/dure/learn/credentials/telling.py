"""What holders are told about their credentials."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import notices

CREDENTIALS: Final = notices.Group(17, _("Courses and credentials"))
_kind = notices.kinds_under("learn", CREDENTIALS)

AWARDED = _kind(
    "credential_awarded",
    _("A credential is mine"),
    _("You earned “%(name)s”. Download it, or share its link."),
)
REVOKED = _kind(
    "credential_revoked",
    _("A credential of mine is revoked"),
    _("“%(name)s” was revoked; the reason stands there."),
)
REINSTATED = _kind(
    "credential_reinstated",
    _("A credential of mine is valid again"),
    _("“%(name)s” is valid again. Files that you downloaded before stay revoked: download it anew."),
)


def tell(kind: str, credential: Any) -> None:
    """Tell the holder; a deleted account is told nothing."""
    names = {
        "name_ko": credential.name_ko or credential.name_en,
        "name_en": credential.name_en or credential.name_ko,
    }
    notices.notify([credential.person], kind, url=f"/badges/{credential.uid}", params=names)
