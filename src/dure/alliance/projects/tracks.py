"""The tracks of joint research: a small table. Basic ones build technology, industrial ones bring it to a field of work."""

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Group(models.TextChoices):
    BASIC = "basic", _("Basic technology")
    INDUSTRIAL = "industrial", _("Industrial application")


class Track(models.TextChoices):
    SPEECH = "speech", _("Speech")
    VISION = "vision", _("Vision")
    LANGUAGE = "language", _("Language")
    HUMANISTIC = "humanistic", _("Humanistic AI")
    LEARNING = "learning", _("Learning and reasoning")
    SYSTEMS = "systems", _("AI systems and accelerators")
    MEDIA = "media", _("Media and content")
    HEALTH = "health", _("Health and medicine")
    ROBOT = "robot", _("Robots")
    MANUFACTURING = "manufacturing", _("Manufacturing and ships")
    ENERGY = "energy", _("Energy and environment")


_BASIC: Final = ("speech", "vision", "language", "humanistic", "learning", "systems")
GROUP_OF: Final[Mapping[str, Group]] = {
    one.value: Group.BASIC if one.value in _BASIC else Group.INDUSTRIAL for one in Track
}


def tracks_of(group: str) -> list[str]:
    """The tracks of one group; none for a word that is no group."""
    return [track for track, found in GROUP_OF.items() if found.value == group]
