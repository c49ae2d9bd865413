"""The levels that an alliance begins with; it changes them as it likes."""

from typing import Any, Final

from django.db import transaction

from dure.alliance.models import MemberLevel

FIRST: Final[tuple[dict[str, Any], ...]] = (
    {
        "slug": "full",
        "name_ko": "정회원",
        "name_en": "Full member",
        "about_ko": "협약을 맺고 과제와 자원을 함께 운영합니다.",
        "about_en": "Has signed an agreement and runs projects and resources together with others.",
        "needs_agreement": True,
    },
    {
        "slug": "associate",
        "name_ko": "준회원",
        "name_en": "Associate member",
        "about_ko": "교육, 챌린지, 행사에 참여합니다.",
        "about_en": "Takes part in courses, challenges and events.",
    },
    {
        "slug": "partner",
        "name_ko": "협력 기관",
        "name_en": "Partner",
        "about_ko": "한 가지 일에서 협력하는 국내외 기관입니다.",
        "about_en": "Works together with members in one matter, in Korea or abroad.",
    },
)


@transaction.atomic
def ensure_levels(**_: Any) -> None:
    """Make them where there is no level yet. Runs after every migration, harmless when run again."""
    if not MemberLevel.objects.exists():
        MemberLevel.objects.bulk_create(
            MemberLevel(position=at, **given) for at, given in enumerate(FIRST, start=1)
        )
