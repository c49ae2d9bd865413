"""What the environment says, parsed once: every setting a person can make, with its default and its meaning.

`docs/reference/settings.md` is generated from `SETTINGS`, so a setting cannot be added without being documented.
"""

import json
import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: what it is for, in both languages, and what holds when it is absent."""

    name: str
    default: str
    en: str
    ko: str
    secret: bool = False

    def read(self) -> str:
        return os.environ.get(self.name, self.default)


SETTINGS: dict[str, Setting] = {
    setting.name: setting
    for setting in (
        Setting(
            "DURE_DATA",
            ".dure",
            "Folder for the database, files and logs.",
            "데이터베이스·파일·로그를 두는 폴더.",
        ),
        Setting(
            "DATABASE_URL",
            "",
            "PostgreSQL server to use instead of the embedded one: postgresql://user:password@host:port/name.",
            "내장 데이터베이스 대신 쓸 PostgreSQL 서버 주소.",
            secret=True,
        ),
        Setting(
            "DURE_SECRET_KEY",
            "",
            "Key that signs sessions; at least 32 characters.",
            "세션 서명 키. 32자 이상.",
            secret=True,
        ),
        Setting(
            "DURE_PUBLIC_URL",
            "",
            "Address people use; must be https and switches on the safety checks for public use.",
            "사용자가 접속하는 주소. https여야 하며, 설정하면 공개 운영 점검이 켜집니다.",
        ),
        Setting(
            "DURE_ALLIANCE_NAME",
            "Dure",
            "Name of the alliance; credentials name it as their issuer.",
            "얼라이언스의 이름. 인증서에 발급 기관으로 적힙니다.",
        ),
        Setting(
            "DURE_DEBUG",
            "0",
            "1 shows error details; never in public.",
            "1이면 오류 상세를 보여 줍니다. 공개 운영에서는 쓰지 않습니다.",
        ),
        Setting(
            "DURE_INVITATION_ONLY",
            "0",
            "1 closes sign-up to people who were not invited.",
            "1이면 초대받은 사람만 가입할 수 있습니다.",
        ),
        Setting(
            "DURE_TRUST_PROXY",
            "0",
            "1 takes the client address and https from the proxy's headers.",
            "1이면 프록시가 알린 접속 주소와 https 여부를 믿습니다.",
        ),
        Setting(
            "DURE_MAIL_URL",
            "",
            "Mail server: smtp://user:password@host:587?tls=1, or smtps://. Empty writes mail into DURE_DATA/mail.",
            "메일 서버 주소. 비우면 메일을 DURE_DATA/mail 폴더에 씁니다.",
            secret=True,
        ),
        Setting("DURE_MAIL_FROM", "dure@localhost", "Sender of all mail.", "메일 보내는 사람."),
        Setting(
            "DURE_STORAGE_URL",
            "",
            "Object store for files: s3://key:secret@bucket?endpoint=https://host&region=name. Empty uses DURE_DATA/blobs.",
            "파일 저장소(S3 호환). 비우면 DURE_DATA/blobs 폴더를 씁니다.",
            secret=True,
        ),
        Setting(
            "DURE_UPLOAD_LIMIT_MB",
            "512",
            "Largest file taken, in MiB, counted after decoding.",
            "받을 수 있는 파일의 최대 크기(MiB, 압축을 푼 뒤 기준).",
        ),
        Setting(
            "DURE_OIDC",
            "",
            "OpenID Connect providers as JSON: [{id, name, server_url, client_id, secret}].",
            "OpenID Connect 로그인 제공자(JSON).",
            secret=True,
        ),
        Setting(
            "DURE_SAML",
            "",
            "SAML identity providers as JSON (needs the saml extra).",
            "SAML 로그인 제공자(JSON, saml 추가 설치 필요).",
            secret=True,
        ),
        Setting(
            "DURE_WEBHOOK_HOSTS",
            "",
            "Hosts, separated by commas, that people's webhooks may reach although they lie in a private network.",
            "사설 네트워크에 있어도 알림 웹훅을 보낼 수 있는 호스트(쉼표로 구분).",
        ),
        Setting(
            "DURE_FARM",
            "local",
            "Who carries jobs out: local (this machine) or slurm (a Slurm cluster).",
            "작업을 실행하는 곳: local(이 기계) 또는 slurm(Slurm 클러스터).",
        ),
        Setting(
            "DURE_SLURM_FOLDER",
            "",
            "Folder that this machine and the cluster's nodes see at the same path. Empty uses DURE_DATA/farm/slurm.",
            "이 기계와 클러스터의 노드가 같은 경로로 보는 폴더. 비우면 DURE_DATA/farm/slurm을 씁니다.",
        ),
        Setting(
            "DURE_LABS_URL",
            "",
            "Address at which people reach labs, on another host name than Dure's; `dure up --labs` sets one where none is given.",
            "사람들이 실습 환경에 접속하는 주소. 정하지 않으면 `dure up --labs`가 정합니다. Dure와 호스트 이름이 달라야 합니다.",
        ),
        Setting(
            "DURE_LAB_MEMORY_MB",
            "2048",
            "Memory that a lab may use, in MiB.",
            "실습 환경 하나가 쓸 수 있는 메모리(MiB).",
        ),
        Setting(
            "DURE_LAB_HOME_MB",
            "4096",
            "What a person may keep in a lab's home folder, in MiB.",
            "실습 홈 폴더에 보관할 수 있는 크기(MiB).",
        ),
        Setting(
            "DURE_LAB_IDLE_MINUTES",
            "60",
            "A lab that nobody has used for so long is closed, with a notice ten minutes before.",
            "이 시간(분) 동안 쓰지 않은 실습 환경은 닫습니다. 10분 전에 알립니다.",
        ),
        Setting(
            "DURE_DATA_MIRROR",
            "",
            "Folder that serves `dure data get` without the network.",
            "인터넷 없이 `dure data get`에 쓸 자료 폴더.",
        ),
    )
}


def read(name: str) -> str:
    """The value in force for a declared setting; a KeyError means it is not declared above."""
    return SETTINGS[name].read()


def flag(name: str) -> bool:
    return read(name).strip().lower() in {"1", "true", "yes", "on"}


def kept(name: str) -> str:
    """A text kept in the data folder; empty where it has not been made."""
    try:
        return (data_folder() / name).read_text()
    except OSError:
        return ""


def data_folder() -> Path:
    return Path(read("DURE_DATA")).expanduser().resolve()


_DATABASE_OPTIONS = {
    "application_name",
    "channel_binding",
    "connect_timeout",
    "options",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "target_session_attrs",
}


def database() -> dict[str, object]:
    """Django's settings for the database named by DATABASE_URL; `host=` in the query, or %2F in the host, names a socket folder."""
    url = urlsplit(read("DATABASE_URL"))
    query = dict(parse_qsl(url.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")) or "dure",
        "USER": unquote(url.username or query.pop("user", "")),
        "PASSWORD": unquote(url.password or ""),
        "HOST": _host(url) or query.pop("host", ""),
        "PORT": str(url.port or query.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {key: value for key, value in query.items() if key in _DATABASE_OPTIONS},
    }


def _host(url: SplitResult) -> str:
    """A socket folder keeps its capitals; urlsplit lowers those of a host."""
    raw = url.netloc.rpartition("@")[2].partition(":")[0]
    return unquote(raw) if raw[:3].lower() == "%2f" else url.hostname or ""


def mail() -> dict[str, object]:
    """Django's mail settings for DURE_MAIL_URL; without one, mail becomes files that an operator can read."""
    url = urlsplit(read("DURE_MAIL_URL"))
    if not url.hostname:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(data_folder() / "mail"),
        }
    query = dict(parse_qsl(url.query))
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": url.port or (465 if url.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_TLS": query.get("tls") == "1",
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }


def blob_storage() -> dict[str, object]:
    """Django's storage entry for the blob store: a local folder, or an S3-compatible bucket."""
    url = urlsplit(read("DURE_STORAGE_URL"))
    if not url.hostname:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {
                "location": str(data_folder() / "blobs"),
                "file_permissions_mode": 0o600,
                "directory_permissions_mode": 0o700,
                "allow_overwrite": True,
            },
        }
    query = dict(parse_qsl(url.query))
    options = {
        "bucket_name": url.hostname,
        "access_key": unquote(url.username or ""),
        "secret_key": unquote(url.password or ""),
        "endpoint_url": query.get("endpoint"),
        "region_name": query.get("region"),
        "default_acl": None,
        "querystring_auth": True,
        # What is read is kept in memory up to this size and in a temporary file beyond it; 0, its default, means never.
        "max_memory_size": 8 * 1024 * 1024,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def names(value: str) -> list[str]:
    """The names in a list with commas, in small letters."""
    return [part.strip().lower() for part in value.split(",") if part.strip()]


def json_list(name: str) -> list[dict[str, Any]]:
    """A setting that holds a JSON list of objects; empty means none. Says which setting is wrong when it is no such list."""
    try:
        value = json.loads(read(name) or "[]")
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not JSON: {error}") from error
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise ImproperlyConfigured(f"{name} must be a JSON list of objects.")
    return value


def saml() -> list[dict[str, Any]]:
    """The SAML identity providers; refused with what to do when the extra is not installed."""
    providers = json_list("DURE_SAML")
    if providers and find_spec("onelogin") is None:
        raise ImproperlyConfigured(
            "DURE_SAML is set, but the saml extra is not installed: install dure[saml], or empty DURE_SAML."
        )
    return providers
