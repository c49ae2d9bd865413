"""Notices that go outwards: signed, only to where they may go, tried again a few times, never in anybody's way."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction
from django.utils import translation
from procrastinate.contrib.django.models import ProcrastinateJob

from dure.foundation import carrying, clock, notices, outward, tasks, webhooks
from dure.foundation.access import Denied
from dure.foundation.models import Notice, Webhook, WebhookDelivery
from dure.people.actions.accounts import delete_account
from dure.people.models import Person
from tests.factories.people import client_of, person
from tests.foundation.receiver import Receiver, certificate, is_genuine, receiving

pytestmark = pytest.mark.django_db
START = datetime(2026, 12, 1, 12, tzinfo=UTC)
SAVED = "Your notices now also go to 127.0.0.1."
PAGE = "/notices/webhook"


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def receiver(pem: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """The receiver; this process trusts its certificate, as an operator's would by SSL_CERT_FILE."""
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with receiving(pem) as running:
        yield running


@pytest.fixture(autouse=True)
def _known(settings: Any) -> Iterator[None]:
    settings.WEBHOOK_HOSTS = ["127.0.0.1"]
    settings.PUBLIC_URL = "https://dure.example.org"
    with patch.dict(notices.KINDS):
        notices.register_kind("t_moved", "Moved", "%(title)s moved.", group=notices.ACCOUNT)
        yield


def tell(*people: Person, title: str = "Strength") -> None:
    params = {"title_ko": "강도", "title_en": title}
    notices.notify(people, "t_moved", url="/problems/1", params=params)


def webhook(someone: Person, receiver: Receiver) -> str:
    """Name the receiver and carry the notice that says so; returns the key."""
    key = webhooks.set_webhook(someone, receiver.address).key
    assert carrying.carry_due() == 1
    assert key
    return key


def last(someone: Person) -> WebhookDelivery:
    found = webhooks.deliveries_of(someone).first()
    assert found
    return found


def test_a_notice_arrives_signed_in_the_persons_language(receiver: Receiver) -> None:
    korean = person(language="ko")
    key = webhook(korean, receiver)
    tell(korean)
    assert carrying.carry_due() == 1
    headers, body = receiver.got[-1]
    assert headers["Content-Type"] == "application/json"
    notice = Notice.objects.get(person=korean, kind="t_moved")
    assert re.fullmatch(
        rf'{{"uid": "{headers["webhook-id"]}", "kind": "t_moved", "text": "강도 moved.", '
        rf'"url": "https://dure.example.org/problems/1", "time": "{re.escape(notice.created_at.isoformat())}"}}',
        body.decode(),
    )
    assert is_genuine(key, headers, body)
    assert not is_genuine(key, headers, body.replace(b"t_moved", b"t_faked"))
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
    assert (last(korean).is_delivered, last(korean).status, last(korean).attempts) == (True, 204, 1)


def test_only_who_named_an_address_is_carried_and_only_after_the_commit(receiver: Receiver) -> None:
    someone, other = person(language="en"), person()
    webhook(someone, receiver)
    tell(someone, other)
    with transaction.atomic():
        tell(someone, title="Undone")
        transaction.set_rollback(True)
    carrying.carry_due()
    assert receiver.texts() == [SAVED, "Strength moved."]
    assert carrying.carry_due() == 0


def test_the_worker_is_asked_at_once_and_not_twice(receiver: Receiver) -> None:
    someone = person()
    webhooks.set_webhook(someone, receiver.address)
    tell(someone)
    waiting = ProcrastinateJob.objects.filter(task_name=webhooks.TASK, status="todo")
    assert [job.scheduled_at for job in waiting] == [None]
    assert tasks.carry_notices.name == webhooks.TASK
    tasks.carry_notices(timestamp=0)
    tasks.carry_notices(timestamp=0)
    assert len(receiver.got) == 2


def test_what_fails_is_tried_five_times_with_growing_waits_under_one_uid(receiver: Receiver) -> None:
    someone = person()
    webhook(someone, receiver)
    receiver.answer = 500
    moment = START
    with clock.at(moment):
        tell(someone)
    waits = []
    while last(someone).done_at is None:
        with clock.at(moment):
            carrying.carry_due()
        with clock.at(moment + timedelta(seconds=59)):
            assert carrying.carry_due() == 0
        waits.append(last(someone).next_at - moment)
        moment = last(someone).next_at
    assert waits[:4] == [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]
    ids = {headers["webhook-id"] for headers, _body in receiver.got[1:]}
    assert (len(receiver.got) - 1, len(ids)) == (5, 1)
    assert (last(someone).fault, last(someone).status, last(someone).is_delivered) == ("refused", 500, False)


def exhaust(someone: Person, *, times: int) -> None:
    for _ in range(times):
        tell(someone)
        WebhookDelivery.objects.filter(done_at=None).update(attempts=carrying.MOST_ATTEMPTS - 1)
        carrying.carry_due()


def test_five_given_up_in_a_row_switch_it_off_with_one_notice_and_saving_switches_on(
    receiver: Receiver,
) -> None:
    someone = person(language="en")
    webhook(someone, receiver)
    receiver.answer = 503
    exhaust(someone, times=carrying.MOST_FAILURES - 1)
    receiver.answer = 200
    exhaust(someone, times=1)
    receiver.answer = 503
    exhaust(someone, times=carrying.MOST_FAILURES)
    told = Notice.objects.filter(person=someone, kind=webhooks.OFF)
    with translation.override("en"):
        assert ["no longer go to 127.0.0.1" in notices.text(notice) for notice in told] == [True]
    count = len(receiver.got)
    tell(someone)
    assert (carrying.carry_due(), len(receiver.got)) == (0, count)
    receiver.answer = 200
    assert webhooks.set_webhook(someone, receiver.address).key is None
    assert carrying.carry_due() == 1


def test_what_waited_when_it_went_off_is_given_up_with_the_reason(receiver: Receiver) -> None:
    someone = person()
    webhook(someone, receiver)
    tell(someone)
    Webhook.objects.update(off_at=clock.now())
    assert carrying.carry_due() == 0
    assert last(someone).fault == "off"


def test_a_slow_receiver_costs_bounded_time_once_a_run_and_stops_nobody_else(
    receiver: Receiver, pem: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, other = person(), person(language="en")
    webhook(slow, receiver)
    with receiving(pem) as quick:
        webhook(other, quick)
        receiver.dripping = 0.3
        monkeypatch.setattr(outward, "SECONDS", 1.0)
        tell(slow)
        tell(slow)
        tell(other)
        began = time.monotonic()
        assert carrying.carry_due() == 1
        assert time.monotonic() - began < 4
        assert quick.texts() == [SAVED, "Strength moved."]
    assert [row.fault for row in webhooks.deliveries_of(slow)[:2]] == ["", "timeout"]
    assert [row.attempts for row in webhooks.deliveries_of(slow)[:2]] == [0, 1]


def test_a_redirect_is_not_followed(receiver: Receiver, pem: Path) -> None:
    someone = person()
    webhook(someone, receiver)
    with receiving(pem) as elsewhere:
        receiver.answer, receiver.location = 307, elsewhere.address
        tell(someone)
        carrying.carry_due()
        assert elsewhere.got == []
    assert (last(someone).fault, last(someone).status) == ("redirected", 307)


def test_a_certificate_nobody_vouches_for_and_a_closed_port_are_told_apart(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(outward.OutwardError, match="tls"):
        outward.post(receiver.address, b"{}", {})
    receiver.server_close()
    with pytest.raises(outward.OutwardError, match="no_connection"):
        outward.post(receiver.address, b"{}", {})


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://example.org/", "no_address"),
        ("https://", "no_address"),
        ("https://me:pw@192.0.2.1/", "no_address"),
        ("https://192.0.2.1:99999/", "no_address"),
        ("https://192.0.2.1/a b", "no_address"),
        ("https://192.0.2.1/\r\nX: y", "no_address"),
        ("https://192.0.2.1/" + "a" * 500, "too_long"),
        ("https://no-such-host.invalid/", "unknown_host"),
        ("https://localhost/", "not_public"),
        ("https://127.0.0.2/", "not_public"),
        ("https://2130706434/", "not_public"),
        ("https://10.1.2.3/", "not_public"),
        ("https://192.168.0.1/", "not_public"),
        ("https://100.64.0.1/", "not_public"),
        ("https://169.254.169.254/latest/meta-data", "not_public"),
        ("https://0.0.0.0/", "not_public"),
        ("https://224.0.0.1/", "not_public"),
        ("https://[::1]/", "not_public"),
        ("https://[fe80::1]/", "not_public"),
        ("https://[fd00::1]/", "not_public"),
        ("https://[::ffff:10.0.0.1]/", "not_public"),
        ("https://[64:ff9b::a00:1]/", "not_public"),
        ("https://[2002:a00:1::]/", "not_public"),
    ],
)
def test_where_we_do_not_go_is_refused_when_it_is_saved(url: str, code: str) -> None:
    someone = person()
    with pytest.raises(Denied) as refused:
        webhooks.set_webhook(someone, url)
    assert refused.value.refused.reason == code
    assert webhooks.webhook_of(someone) is None


@pytest.mark.parametrize("ip", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_the_public_internet_is_public(ip: str) -> None:
    assert outward.is_public(ip_address(ip))


def test_a_name_that_leads_inside_later_is_refused_when_sending(receiver: Receiver, settings: Any) -> None:
    """Also when only one of its addresses does."""
    someone = person()
    webhook(someone, receiver)
    settings.WEBHOOK_HOSTS = []
    tell(someone)
    carrying.carry_due()
    assert (last(someone).fault, len(receiver.got)) == ("not_public", 1)
    both = [(2, 1, 6, "", (ip, 443)) for ip in ("8.8.8.8", "10.0.0.1")]
    with (
        patch("socket.getaddrinfo", return_value=both),
        pytest.raises(outward.OutwardError, match="not_public"),
    ):
        outward.target("https://two-faced.example/")


def test_a_try_that_was_killed_is_made_again_and_a_late_answer_changes_nothing(receiver: Receiver) -> None:
    someone = person()
    webhook(someone, receiver)
    tell(someone)
    row = last(someone)
    with patch.object(outward, "post", side_effect=SystemExit), pytest.raises(SystemExit):
        carrying.carry_due()
    assert carrying.carry_due() == 0
    late = last(someone)
    with clock.at(row.next_at + timedelta(minutes=2)):
        assert carrying.carry_due() == 1
    carrying._note(late, status=500, fault="refused")
    assert (last(someone).is_delivered, last(someone).attempts) == (True, 2)


def test_a_new_address_gets_a_new_key_and_a_renewed_one_signs_from_now_on(receiver: Receiver) -> None:
    someone = person()
    first = webhook(someone, receiver)
    second = webhooks.renew_key(someone).key
    tell(someone)
    carrying.carry_due()
    headers, body = receiver.got[-1]
    assert second
    assert (is_genuine(first, headers, body), is_genuine(second, headers, body)) == (False, True)
    third = webhooks.set_webhook(someone, receiver.address + "&x=1").key
    assert third not in {None, first, second}
    assert first not in str(Webhook.objects.values().get())


def test_the_page_shows_the_key_once_and_what_went(receiver: Receiver) -> None:
    someone = person(language="en")
    client = client_of(someone)
    assert "Name an address" in client.get("/notices").content.decode()
    assert "private network" in client.post(PAGE, {"url": "https://10.0.0.1/"}).content.decode()
    shown = client.post(PAGE, {"url": receiver.address}).content.decode()
    key = re.search(r"whsec_[\w+/=]{44}", shown)
    assert key
    receiver.answer = 500
    carrying.carry_due()
    again = client.get(PAGE).content.decode()
    assert "whsec_" not in again
    assert "did not take it" in again
    renewed = client.post(f"{PAGE}/key").content.decode()
    assert "whsec_" in renewed
    assert key.group(0) not in renewed
    assert client.post(f"{PAGE}/remove").headers["Location"] == "/notices"
    assert client.post(f"{PAGE}/key").status_code == 404


def test_the_same_over_rest(receiver: Receiver) -> None:
    someone = person(language="en")
    client, json = client_of(someone), "application/json"
    assert client.get("/api/v1/me/webhook").status_code == 404
    refused = client.put("/api/v1/me/webhook", {"url": "https://[::1]/"}, content_type=json)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_public")
    saved = client.put("/api/v1/me/webhook", {"url": receiver.address}, content_type=json).json()
    assert saved["key"].startswith("whsec_")
    carrying.carry_due()
    listed = client.get("/api/v1/me/webhook/deliveries").json()["items"]
    assert [(row["kind"], row["status"], row["fault"]) for row in listed] == [(webhooks.SET, 204, "")]
    assert "key" not in client.get("/api/v1/me/webhook").json()
    assert client.post("/api/v1/me/webhook/key").json()["key"] != saved["key"]
    assert client.get("/api/v1/me/notices").json()["items"][0]["text"] == SAVED
    client.post("/api/v1/me/notices/read")
    assert client.get("/api/v1/me/notices").json()["items"][0]["read_at"]
    wishes = client.put("/api/v1/me/notices/mail", {"mailed": ["t_moved"]}, content_type=json).json()
    assert [wish["kind"] for wish in wishes if wish["mail"]] == ["t_moved"]
    assert client.get("/api/v1/me/notices/mail").json() == wishes
    assert client.delete("/api/v1/me/webhook").status_code == 204
    assert webhooks.webhook_of(someone) is None


def test_a_closed_account_is_carried_no_more(receiver: Receiver) -> None:
    someone = person()
    webhook(someone, receiver)
    tell(someone)
    Person.objects.filter(pk=someone.pk).update(is_active=False)
    assert (carrying.carry_due(), last(someone).fault) == (0, "off")
    Person.objects.filter(pk=someone.pk).update(is_active=True)
    delete_account(someone)
    assert not Webhook.objects.exists()


def test_what_is_done_is_forgotten_after_a_month(receiver: Receiver) -> None:
    someone = person()
    webhook(someone, receiver)
    assert carrying.prune(clock.now() + timedelta(days=29)) == 0
    assert carrying.prune(clock.now() + timedelta(days=31)) == 1
