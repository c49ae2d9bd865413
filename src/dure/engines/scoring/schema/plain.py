"""A schema as plain JSON values, and back with every fault of what a person edited."""

import math
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, cast, get_args

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring.metric import Kind
from dure.engines.scoring.schema.model import QUANTILE, Column, Schema

KINDS: tuple[str, ...] = get_args(Kind)
ROLE = re.compile(r"[a-z_]{1,40}(:.{1,200})?", re.DOTALL)
COLUMN_KEYS = frozenset({"name", "role", "kind", "lowest", "highest", "categories", "nullable", "decimals"})
SCHEMA_KEYS = frozenset({"id_columns", "columns", "truth", "group_column"})


def to_plain(schema: Schema) -> dict[str, Any]:
    """Return the schema as JSON values; `from_plain` reads it back to an equal one."""
    return {
        "id_columns": list(schema.id_columns),
        "columns": [_plain_column(column) for column in schema.columns],
        "truth": [_plain_column(column) for column in schema.truth],
        "group_column": schema.group_column,
    }


def _plain_column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "role": column.role,
        "kind": column.kind,
        "lowest": column.lowest,
        "highest": column.highest,
        "categories": None if column.categories is None else list(column.categories),
        "nullable": column.nullable,
        "decimals": column.decimals,
    }


def from_plain(plain: object) -> Schema:
    """Read a schema from JSON values. Raises `Faulty` with every fault, each with its place (`columns[2].lowest`)."""
    if not isinstance(plain, Mapping):
        raise Faulty([Fault("schema_not_object", place="")])
    faults = [Fault("schema_unknown", place=str(key)[:80]) for key in plain if key not in SCHEMA_KEYS]
    faults += _list_of_text(plain.get("id_columns"), place="id_columns")
    for part in ("columns", "truth"):
        faults += _columns(plain.get(part, []), place=part)
    group = plain.get("group_column")
    if group is not None and not isinstance(group, str):
        faults.append(Fault("schema_not_text", place="group_column"))
    if faults:
        raise Faulty(faults)
    schema = _built(plain)
    if faults := _whole(schema):
        raise Faulty(faults)
    return schema


def _columns(value: object, *, place: str) -> list[Fault]:
    if not isinstance(value, list):
        return [Fault("schema_not_list", place=place)]
    return [fault for at, column in enumerate(value) for fault in _column(column, place=f"{place}[{at}]")]


def _column(value: object, *, place: str) -> list[Fault]:
    if not isinstance(value, Mapping):
        return [Fault("schema_not_object", place=place)]
    faults = [
        Fault("schema_unknown", place=f"{place}.{str(key)[:80]}") for key in value if key not in COLUMN_KEYS
    ]
    for key in ("name", "role", "kind"):
        faults += _text(value.get(key), place=f"{place}.{key}")
    for key in ("lowest", "highest"):
        faults += _number(value.get(key), place=f"{place}.{key}")
    if value.get("categories") is not None:
        faults += _list_of_text(value["categories"], place=f"{place}.categories")
    if not isinstance(value.get("nullable", False), bool):
        faults.append(Fault("schema_not_flag", place=f"{place}.nullable"))
    return faults or _column_sense(value, place=place)


def _column_sense(value: Mapping[str, Any], *, place: str) -> list[Fault]:
    """Return the faults of a column whose entries have the right types."""
    faults = []
    if value["kind"] not in KINDS:
        faults.append(
            Fault(
                "schema_kind_unknown",
                {"kind": value["kind"][:80], "known": ", ".join(KINDS)},
                place=f"{place}.kind",
            )
        )
    if not ROLE.fullmatch(value["role"]):
        faults.append(Fault("schema_role_bad", {"role": value["role"][:80]}, place=f"{place}.role"))
    elif value["kind"] == "quantile" and ":" in value["role"] and not _is_level(value["role"]):
        faults.append(Fault("schema_quantile_bad", {"role": value["role"][:80]}, place=f"{place}.role"))
    lowest, highest, decimals = value.get("lowest"), value.get("highest"), value.get("decimals")
    if lowest is not None and highest is not None and lowest > highest:
        faults.append(
            Fault("schema_range_empty", {"lowest": lowest, "highest": highest}, place=f"{place}.lowest")
        )
    if decimals is not None and (isinstance(decimals, bool) or decimals not in range(16)):
        faults.append(Fault("schema_decimals_bad", place=f"{place}.decimals"))
    return faults


def _is_level(role: str) -> bool:
    try:
        return role.startswith(QUANTILE + ":") and 0 < float(role.partition(":")[2]) < 1
    except ValueError:
        return False


def _text(value: object, *, place: str) -> list[Fault]:
    if value is None:
        return [Fault("schema_missing", place=place)]
    return [] if isinstance(value, str) and value else [Fault("schema_not_text", place=place)]


def _number(value: object, *, place: str) -> list[Fault]:
    if value is None:
        return []
    good = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return [] if good else [Fault("schema_not_number", place=place)]


def _list_of_text(value: object, *, place: str) -> list[Fault]:
    if value is None:
        return [Fault("schema_missing", place=place)]
    if not isinstance(value, list):
        return [Fault("schema_not_list", place=place)]
    return [fault for at, text in enumerate(value) for fault in _text(text, place=f"{place}[{at}]")]


def _built(plain: Mapping[str, Any]) -> Schema:
    return Schema(
        id_columns=tuple(plain["id_columns"]),
        columns=tuple(_built_column(column) for column in plain.get("columns", [])),
        truth=tuple(_built_column(column) for column in plain.get("truth", [])),
        group_column=plain.get("group_column"),
    )


def _built_column(plain: Mapping[str, Any]) -> Column:
    categories = plain.get("categories")
    return Column(
        name=plain["name"],
        role=plain["role"],
        kind=cast("Kind", plain["kind"]),
        lowest=plain.get("lowest"),
        highest=plain.get("highest"),
        categories=None if categories is None else tuple(categories),
        nullable=plain.get("nullable", False),
        decimals=plain.get("decimals"),
    )


def _whole(schema: Schema) -> list[Fault]:
    """Return the faults that only the parts together show."""
    faults = []
    if not schema.id_columns:
        faults.append(Fault("schema_no_id", place="id_columns"))
    if not schema.columns:
        faults.append(Fault("schema_no_columns", place="columns"))
    for part, columns in (("columns", schema.columns), ("truth", schema.truth)):
        names = [*schema.id_columns, *(column.name for column in columns)]
        faults += [Fault("schema_name_twice", {"name": name}, place=part) for name in _repeated(names)]
        roles = _repeated([column.role for column in columns])
        faults += [Fault("schema_role_twice", {"role": role}, place=part) for role in roles]
    return faults


def _repeated(values: list[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]
