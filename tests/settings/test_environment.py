"""What each setting does, read in a process of its own as the product reads it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dure.settings import env, faults

ROOT = Path(__file__).parents[2]
NAMES = [
    "ALLAUTH_TRUSTED_PROXY_COUNT",
    "ALLOWED_HOSTS",
    "CSRF_COOKIE_SECURE",
    "CSRF_TRUSTED_ORIGINS",
    "DATABASES",
    "DATA",
    "DEBUG",
    "DEFAULT_FROM_EMAIL",
    "EMAIL_BACKEND",
    "FARM",
    "INSTALLED_APPS",
    "INVITATION_ONLY",
    "LABS_URL",
    "LAB_HOME_BYTES",
    "LAB_IDLE_MINUTES",
    "ALLIANCE_NAME",
    "LAB_MEMORY_MB",
    "LANGUAGE_COOKIE_SECURE",
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN",
    "SECRET_KEY",
    "SECURE_HSTS_SECONDS",
    "SESSION_COOKIE_SECURE",
    "SLURM_FOLDER",
    "SOCIALACCOUNT_PROVIDERS",
    "STORAGES",
    "TRUST_PROXY",
    "UPLOAD_LIMIT",
    "WEBHOOK_HOSTS",
]
SHOW = f"""
import json
from dure import settings
mail = {{name: getattr(settings, name) for name in dir(settings) if name.startswith("EMAIL_")}}
found = {{name: getattr(settings, name) for name in {NAMES!r}}} | mail
found["proxy_header"] = getattr(settings, "SECURE_PROXY_SSL_HEADER", None)
print(json.dumps(found, default=str))
"""


def process(**given: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if name not in env.SETTINGS}
    words = [sys.executable, "-c", SHOW]
    return subprocess.run(
        words,
        env={**kept, **given, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


def settings(**given: str) -> dict[str, Any]:
    done = process(**given)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def database(url: str) -> dict[str, Any]:
    found: dict[str, Any] = settings(DATABASE_URL=url)["DATABASES"]["default"]
    return found


def test_defaults_are_for_one_machine_and_show_nothing() -> None:
    found = settings()
    assert found["DATA"] == str(ROOT / ".dure")
    assert (found["DEBUG"], found["INVITATION_ONLY"], found["TRUST_PROXY"]) == (False, False, False)
    assert found["UPLOAD_LIMIT"] == 512 * 1024 * 1024
    assert "example.org" not in found["ALLOWED_HOSTS"]
    assert found["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"]
    assert found["EMAIL_BACKEND"].endswith("filebased.EmailBackend")
    assert found["EMAIL_FILE_PATH"] == str(ROOT / ".dure" / "mail")
    assert found["STORAGES"]["blobs"]["OPTIONS"]["location"] == str(ROOT / ".dure" / "blobs")
    assert found["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"] == []
    assert (found["proxy_header"], found["SECURE_HSTS_SECONDS"]) == (None, 0)


def test_the_data_folder_holds_all_that_is_kept(tmp_path: Path) -> None:
    found = settings(DURE_DATA=str(tmp_path))
    kept = [found["DATA"], found["EMAIL_FILE_PATH"], found["STORAGES"]["blobs"]["OPTIONS"]["location"]]
    assert all(Path(folder).is_relative_to(tmp_path) for folder in kept)


def test_a_database_is_named_by_host_port_and_options() -> None:
    found = database(
        "postgresql://some%40one:p%2Fw@db.example.org:6432/dure_live?sslmode=require&channel_binding=require&x=1"
    )
    assert [found[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "some@one",
        "p/w",
        "db.example.org",
        "6432",
        "dure_live",
    ]
    assert found["OPTIONS"] == {"sslmode": "require", "channel_binding": "require"}


@pytest.mark.parametrize(
    "url",
    ["postgresql://dure@/dure?host=/var/Run/pg&port=5433", "postgres://dure@%2Fvar%2FRun%2Fpg:5433/dure"],
)
def test_a_database_is_named_by_its_socket_folder(url: str) -> None:
    found = database(url)
    assert (found["HOST"], found["PORT"], found["NAME"], found["USER"]) == (
        "/var/Run/pg",
        "5433",
        "dure",
        "dure",
    )


def test_a_public_address_makes_cookies_secure_and_names_the_host() -> None:
    found = settings(DURE_PUBLIC_URL="https://dure.example.org/")
    assert found["ALLOWED_HOSTS"] == ["dure.example.org"]
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://dure.example.org"]
    assert all(found[f"{name}_COOKIE_SECURE"] for name in ("SESSION", "CSRF", "LANGUAGE"))
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert not found["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"]


def test_a_proxy_is_believed_only_when_trusted() -> None:
    trusted = settings(DURE_TRUST_PROXY="1")
    assert trusted["proxy_header"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert (trusted["ALLAUTH_TRUSTED_PROXY_COUNT"], settings()["ALLAUTH_TRUSTED_PROXY_COUNT"]) == (1, 0)


@pytest.mark.parametrize(
    ("value", "on"), [("1", True), ("TRUE", True), (" yes ", True), ("0", False), ("", False), ("no", False)]
)
def test_switches_read_the_same_everywhere(value: str, *, on: bool) -> None:
    found = settings(DURE_DEBUG=value, DURE_INVITATION_ONLY=value, DURE_TRUST_PROXY=value)
    assert (found["DEBUG"], found["INVITATION_ONLY"], found["TRUST_PROXY"]) == (on, on, on)


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://u%40x:p@mail.example.org:587?tls=1", 587, True, False),
        ("smtps://u%40x:p@mail.example.org", 465, False, True),
        ("smtp://u%40x:p@mail.example.org", 25, False, False),
    ],
)
def test_mail_goes_to_the_server_that_is_named(url: str, port: int, *, tls: bool, ssl: bool) -> None:
    found = settings(DURE_MAIL_URL=url, DURE_MAIL_FROM="두레 <dure@example.org>")
    assert found["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example.org", port)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("u@x", "p")
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (tls, ssl)
    assert found["DEFAULT_FROM_EMAIL"] == "두레 <dure@example.org>"


def test_files_go_to_the_bucket_that_is_named() -> None:
    found = settings(DURE_STORAGE_URL="s3://key:se%2Fcret@bucket?endpoint=https://s3.example.org&region=kr-1")
    options = found["STORAGES"]["blobs"]["OPTIONS"]
    assert (options["bucket_name"], options["access_key"], options["secret_key"]) == (
        "bucket",
        "key",
        "se/cret",
    )
    assert (options["endpoint_url"], options["region_name"]) == ("https://s3.example.org", "kr-1")


def test_the_upload_limit_is_in_mebibytes() -> None:
    assert settings(DURE_UPLOAD_LIMIT_MB="3")["UPLOAD_LIMIT"] == 3 * 1024 * 1024


def test_sign_in_providers_come_from_json() -> None:
    given = {
        "id": "kt",
        "name": "KT",
        "server_url": "https://id.example.org",
        "client_id": "c",
        "secret": "s",
    }
    apps = settings(DURE_OIDC=json.dumps([given]))["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"]
    assert [(app["provider_id"], app["settings"]["server_url"]) for app in apps] == [
        ("kt", "https://id.example.org")
    ]


def test_the_key_is_taken_as_it_is() -> None:
    assert settings(DURE_SECRET_KEY="k" * 40)["SECRET_KEY"] == "k" * 40


WRONG = [
    ("DATABASE_URL", "mysql://u:hidden-word@h/d", "must begin with postgresql://"),
    ("DATABASE_URL", "postgresql://u:hidden-word@h:port/d", "is no address"),
    ("DURE_PUBLIC_URL", "dure.example.org", "must begin with https://"),
    ("DURE_PUBLIC_URL", "https://", "names no host"),
    ("DURE_MAIL_URL", "mail.example.org:25", "must begin with smtp://"),
    ("DURE_STORAGE_URL", "http://k:hidden-word@bucket", "must begin with s3://"),
    ("DURE_UPLOAD_LIMIT_MB", "many", "whole number"),
    ("DURE_UPLOAD_LIMIT_MB", "0", "at least 1"),
    ("DURE_WEBHOOK_HOSTS", "https://chat.internal", "no host name"),
    ("DURE_FARM", "kubernetes", "must be local or slurm"),
    ("DURE_LABS_URL", "labs.example.org", "must begin with https://"),
    ("DURE_LABS_URL", "https://", "names no host"),
    ("DURE_LAB_MEMORY_MB", "511", "at least 512"),
    ("DURE_LAB_MEMORY_MB", "2.5", "whole number"),
    ("DURE_LAB_HOME_MB", "63", "at least 64"),
    ("DURE_LAB_HOME_MB", "-64", "whole number"),
    ("DURE_LAB_IDLE_MINUTES", "14", "at least 15"),
    ("DURE_LAB_IDLE_MINUTES", "an hour", "whole number of minutes"),
    ("DURE_OIDC", "[{hidden-word", "is no JSON"),
    ("DURE_OIDC", '{"id": "hidden-word"}', "must be a JSON list"),
    (
        "DURE_OIDC",
        '[{"id": "kt", "name": "KT", "secret": "hidden-word"}]',
        "provider 1 lacks server_url, client_id",
    ),
    ("DURE_SAML", "[", "is no JSON"),
    ("DURE_SAML", "[{}]", "provider 1 lacks client_id"),
]


@pytest.mark.parametrize(("name", "value", "said"), WRONG)
def test_a_wrong_setting_is_named_at_start_without_a_trace_or_a_secret(
    name: str, value: str, said: str
) -> None:
    done = process(**{name: value})
    assert done.returncode == 1
    assert done.stderr.startswith(f"dure: {name}: ")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "hidden-word" not in done.stderr


def test_all_wrong_settings_are_said_at_once() -> None:
    done = process(DURE_UPLOAD_LIMIT_MB="x", DURE_OIDC="x", DURE_MAIL_URL="x")
    named = [line.split(":")[1].strip() for line in done.stderr.splitlines()]
    assert named[::2] == named[1::2] == ["DURE_MAIL_URL", "DURE_UPLOAD_LIMIT_MB", "DURE_OIDC"]


@pytest.mark.parametrize(("name", "value", "said"), WRONG)
def test_a_fault_is_said_in_korean_too(name: str, value: str, said: str) -> None:
    english, korean = process(**{name: value}).stderr.splitlines()
    assert said in english
    assert not re.search("[가-힣]", english)
    assert re.search("[가-힣]", korean.removeprefix(f"dure: {name}: "))


def test_packages_that_are_missing_are_named_by_a_file_that_is_there() -> None:
    for file in ("s3.txt", "saml.txt"):
        for words in faults._lacks_packages(file):
            (named,) = re.findall(r"requirements/(\S+)", words)
            assert (ROOT / "requirements" / named).is_file()


def test_hosts_of_webhooks_are_names_in_small_letters() -> None:
    assert settings(DURE_WEBHOOK_HOSTS="Chat.Internal, 10.0.0.5,")["WEBHOOK_HOSTS"] == [
        "chat.internal",
        "10.0.0.5",
    ]
    assert settings()["WEBHOOK_HOSTS"] == []


def test_jobs_run_here_or_on_a_cluster_with_which_a_folder_is_shared() -> None:
    here = settings(DURE_DATA="/srv/dure")
    assert (here["FARM"], here["SLURM_FOLDER"]) == ("local", "/srv/dure/farm/slurm")
    cluster = settings(DURE_FARM="slurm", DURE_SLURM_FOLDER="/shared/dure")
    assert (cluster["FARM"], cluster["SLURM_FOLDER"]) == ("slurm", "/shared/dure")


def test_labs_are_off_until_their_address_is_given_and_take_what_one_machine_has() -> None:
    found = settings()
    assert found["LABS_URL"] == ""
    assert (found["LAB_MEMORY_MB"], found["LAB_HOME_BYTES"], found["LAB_IDLE_MINUTES"]) == (
        2048,
        4096 * 1024 * 1024,
        60,
    )


def test_labs_take_the_address_and_the_measures_that_are_given() -> None:
    found = settings(
        DURE_LABS_URL="https://labs.example.org/",
        DURE_LAB_MEMORY_MB="512",
        DURE_LAB_HOME_MB="64",
        DURE_LAB_IDLE_MINUTES="15",
    )
    assert found["LABS_URL"] == "https://labs.example.org"
    assert (found["LAB_MEMORY_MB"], found["LAB_HOME_BYTES"], found["LAB_IDLE_MINUTES"]) == (
        512,
        64 * 1024 * 1024,
        15,
    )


@pytest.mark.parametrize(("given", "name"), [("두레 얼라이언스", "두레 얼라이언스"), ("  ", "Dure")])
def test_the_alliance_is_called_as_it_is_told(given: str, name: str) -> None:
    assert settings(DURE_ALLIANCE_NAME=given)["ALLIANCE_NAME"] == name


@pytest.mark.parametrize(
    ("labs", "said"),
    [
        ("https://dure.example.org:8001", "Dure's own host"),
        ("http://labs.example.org", "must begin with https://"),
    ],
)
def test_labs_beside_a_public_dure_have_a_host_of_their_own_and_tls(labs: str, said: str) -> None:
    done = process(DURE_PUBLIC_URL="https://dure.example.org", DURE_LABS_URL=labs)
    english, korean = done.stderr.splitlines()
    assert english.startswith("dure: DURE_LABS_URL: ")
    assert said in english
    assert re.search("[가-힣]", korean)


def test_every_setting_is_tested_here() -> None:
    """DURE_DATA_MIRROR is read by `dure data get` alone, and tested with it."""
    text = Path(__file__).read_text()
    assert [name for name in env.SETTINGS if text.count(name) == 0] == []
