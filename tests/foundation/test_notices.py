"""What people are told: once, in their language, when it really happened, and by mail only what they want."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any
from unittest.mock import patch

import pytest
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import translation

from dure.foundation import clock, notices
from dure.foundation.models import Notice, NoticePreference
from dure.foundation.notices import Todo
from dure.people.models import Person
from tests.factories.people import person

EVENING = datetime(2026, 12, 1, 12, tzinfo=UTC)
"""21:00 in Seoul."""
GROUP = notices.Group(1, "Test")
MORNING = datetime(2026, 12, 1, 23, 5, tzinfo=UTC)
"""08:05 of the next day in Seoul."""


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    with patch.dict(notices.KINDS):
        notices.register_kind("t_moved", "Moved", "%(title)s moved.", group=GROUP)
        notices.register_kind("t_hush", "Hush", "Hush, %(title)s.", group=GROUP)
        yield


def tell(*people: Person, kind: str = "t_moved", at: datetime = EVENING, **params: str) -> None:
    with clock.at(at):
        notices.notify(people, kind, url="/x", params={"title_ko": "강도", "title_en": "Strength", **params})


def digest(now: datetime = MORNING) -> int:
    with clock.at(now):
        return notices.send_digests(now)


@pytest.mark.django_db
def test_everybody_is_told_once_and_the_closed_not_at_all() -> None:
    someone, closed = person(), person(is_active=False)
    tell(someone, someone, closed)
    assert [row.person for row in Notice.objects.all()] == [someone]


@pytest.mark.django_db
def test_an_undeclared_kind_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        tell(person(), kind="t_unknown")


@pytest.mark.django_db
def test_a_sender_who_forgets_a_word_of_the_sentence_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="title"):
        notices.notify([person()], "t_moved", url="/x", params={"name": "x"})
    assert not Notice.objects.exists()


@pytest.mark.django_db
def test_kinds_stand_under_headings_and_only_those_one_can_be_told_of() -> None:
    other = notices.Group(0, "First")
    notices.register_kind("t_first", "First", "First.", group=other)
    notices.register_kind("t_never", "Never", "Never.", group=other, only=lambda _person: False)
    someone = person()
    notices.set_wishes(someone, mailed={"t_moved"})
    first, *_more = notices.wish_groups(someone)
    assert ([wish.kind.key for wish in first.wishes], first.mailed) == (["t_first"], 0)
    test = next(one for one in notices.wish_groups(someone) if one.group == GROUP)
    assert (len(test.wishes), test.mailed) == (2, 1)
    assert not NoticePreference.objects.filter(kind="t_never").exists()


@pytest.mark.django_db
def test_an_action_that_is_rolled_back_tells_nobody(mailoutbox: list[EmailMessage]) -> None:
    with transaction.atomic():
        tell(person())
        transaction.set_rollback(True)
    assert (digest(), mailoutbox) == (0, [])


@pytest.mark.django_db
def test_the_digest_comes_once_in_the_morning_with_all_that_is_new(mailoutbox: list[EmailMessage]) -> None:
    someone = person(language="en")
    tell(someone)
    tell(someone)
    assert digest(EVENING + timedelta(minutes=1)) == 0
    assert (digest(), digest()) == (1, 0)
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([someone.email], "Dure: 2 new notices")
    assert mail.body.count("Strength moved.") == 2
    tell(someone, at=MORNING)
    assert digest(MORNING + timedelta(hours=3)) == 0
    assert digest(MORNING + timedelta(days=1)) == 1


@pytest.mark.django_db
def test_the_morning_is_the_readers_own(mailoutbox: list[EmailMessage]) -> None:
    seoul, toronto, nowhere = person(), person(time_zone="America/Toronto"), person(time_zone="Mars/Olympus")
    tell(seoul, toronto, nowhere, at=EVENING + timedelta(hours=2))
    digest()
    assert {mail.to[0] for mail in mailoutbox} == {seoul.email, nowhere.email}
    digest(datetime(2026, 12, 2, 13, 1, tzinfo=UTC))
    assert mailoutbox[-1].to == [toronto.email]


@pytest.mark.django_db
def test_mail_and_page_speak_the_readers_language(mailoutbox: list[EmailMessage]) -> None:
    korean, english = person(language="ko"), person(language="en")
    tell(korean, english)
    with translation.override("en"):
        digest()
    bodies = {mail.to[0]: mail.body for mail in mailoutbox}
    assert "강도 moved." in bodies[korean.email or ""]
    assert "What is new for you" not in bodies[korean.email or ""]
    assert "Strength moved." in bodies[english.email or ""]


@pytest.mark.django_db
def test_a_muted_kind_stays_on_the_page_and_out_of_the_mail(mailoutbox: list[EmailMessage]) -> None:
    someone = person(language="en")
    notices.set_wishes(someone, mailed={"t_moved"})
    tell(someone)
    tell(someone, kind="t_hush")
    digest()
    assert "Hush" not in mailoutbox[0].body
    assert Notice.objects.filter(person=someone).count() == 2
    notices.set_wishes(someone, mailed=set(notices.KINDS))
    assert digest(MORNING + timedelta(days=1)) == 0


@pytest.mark.django_db
def test_an_account_closed_since_is_not_mailed(mailoutbox: list[EmailMessage]) -> None:
    someone = person()
    tell(someone)
    Person.objects.filter(pk=someone.pk).update(is_active=False)
    assert (digest(), mailoutbox) == (0, [])


@pytest.mark.django_db
def test_a_mail_server_that_is_away_is_asked_again_and_stops_nobody_else(
    mailoutbox: list[EmailMessage],
) -> None:
    first, second = person(), person()
    tell(first, second)
    send = EmailMessage.send

    def away(mail: EmailMessage, **_options: Any) -> int:
        if first.email in mail.to:
            raise SMTPServerDisconnected
        return send(mail)

    with patch.object(EmailMessage, "send", away):
        assert digest() == 1
    assert digest() == 1
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted([first.email or "", second.email or ""])


@pytest.mark.django_db
def test_an_address_the_server_refuses_is_not_asked_for_ever() -> None:
    someone = person()
    tell(someone)
    with patch.object(EmailMessage, "send", side_effect=SMTPRecipientsRefused({})):
        assert digest() == 0
    assert not Notice.objects.filter(person=someone, mailed_at=None).exists()


@pytest.mark.django_db
def test_a_hundred_are_written_out_and_the_rest_counted(mailoutbox: list[EmailMessage]) -> None:
    someone = person(language="en")
    for _ in range(notices.MOST_MAILED + 3):
        tell(someone)
    digest()
    assert mailoutbox[0].body.count("Strength moved.") == notices.MOST_MAILED
    assert "… and 3 more" in mailoutbox[0].body


@pytest.mark.django_db
def test_an_old_notice_without_what_the_sentence_asks_for_is_still_shown() -> None:
    Notice.objects.create(person=person(), kind="t_moved", params={}, url="", created_at=EVENING)
    assert notices.text(Notice.objects.get(kind="t_moved")) == " moved."


def test_todos_come_soonest_first_and_undated_last() -> None:
    days = [None, EVENING + timedelta(days=2), EVENING]
    providers = [lambda _person, day=day: [Todo("t", "/x", "why", day)] for day in days]
    with patch.object(notices, "_providers", providers):
        assert [todo.due for todo in notices.todos(None)] == [EVENING, EVENING + timedelta(days=2), None]


@pytest.mark.django_db
def test_the_newest_stands_first_however_late_it_was_written() -> None:
    someone = person()
    for day in (3, 1, 2):
        tell(someone, at=datetime(2026, 12, day, tzinfo=UTC))
    assert [row.created_at.day for row in Notice.objects.filter(person=someone)] == [3, 2, 1]
