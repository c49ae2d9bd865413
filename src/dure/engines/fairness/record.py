"""A report as an immutable record: canonical JSON with the SHA-256 of its report.

Canonical means: UTF-8, keys in order, no white space, numbers in their shortest form that reads back the same (RFC 8785 in
spirit). Figures are kept to nine significant digits, so that another machine's last bit does not make another record. nan and
infinite bounds are the words `nan` and `inf`, which JSON has no numbers for.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from hashlib import sha256
from math import isfinite
from types import UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from dure.engines.fairness.values import Report
from dure.engines.faults import Fault, Faulty

FORMAT: Final = "dure-fairness-1"
_DIGITS: Final = 9


def recorded(report: Report) -> bytes:
    """The record of a report."""
    plain = _plain(report)
    return _canonical({"format": FORMAT, "report": plain, "sha256": _hash(plain)})


def read_record(record: bytes) -> Report:
    """The report of a record, its figures to nine digits. Raises `Faulty` where it cannot be read or was changed."""
    whole = _loaded(record)
    try:
        report, found = whole["report"], whole["sha256"]
        if whole["format"] != FORMAT:
            raise Faulty([Fault("fairness_record_unreadable")])
        if _hash(report) != found:
            raise Faulty([Fault("fairness_record_changed")])
        built: Report = _built(Report, report)
    except (KeyError, TypeError, ValueError) as error:
        raise Faulty([Fault("fairness_record_unreadable")]) from error
    return built


def hash_of(record: bytes) -> str:
    """The SHA-256 of the report in a record, in hexadecimal digits, by which the record is named."""
    return str(_hash(_loaded(record).get("report")))


def _loaded(record: bytes) -> Mapping[str, Any]:
    try:
        whole = json.loads(record)
    except ValueError as error:  # a broken encoding is one too
        raise Faulty([Fault("fairness_record_unreadable")]) from error
    if not isinstance(whole, dict):
        raise Faulty([Fault("fairness_record_unreadable")])
    return whole


def _canonical(value: Any) -> bytes:
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def _hash(plain: Any) -> str:
    return sha256(_canonical(plain)).hexdigest()


def _plain(value: Any) -> Any:
    """A value in JSON's terms."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, float):
        return float(f"{value:.{_DIGITS}g}") if isfinite(value) else str(value)
    return value


def _built(kind: Any, plain: Any) -> Any:
    """A value of a type from JSON's terms; TypeError, KeyError or ValueError where it is none."""
    if isinstance(kind, UnionType):
        return None if plain is None else _built(get_args(kind)[0], plain)
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind), plain)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _built(hint, plain[name]) for name, hint in hints.items()})  # type: ignore[operator]  # a class
    if kind is float or (isinstance(kind, type) and issubclass(kind, StrEnum)):
        return kind(plain)
    return plain


def _tuple(kinds: tuple[Any, ...], plain: list[Any]) -> tuple[Any, ...]:
    if kinds[-1] is Ellipsis:
        return tuple(_built(kinds[0], part) for part in plain)
    return tuple(_built(kind, part) for kind, part in zip(kinds, plain, strict=True))
