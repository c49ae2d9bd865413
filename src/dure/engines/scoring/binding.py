"""Which column of a schema serves which role of a metric: settled once, when a host chooses the metric."""

from collections.abc import Sequence
from dataclasses import replace

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring.metric import Metric, Role
from dure.engines.scoring.schema import Column, Schema

ALIKE = {
    "number": {"number", "probability", "label"},
    "probability": {"probability", "number"},
    "label": {"label", "number"},
}
"""Kinds that hold the same sort of values, so that a column of one can serve a role of the other."""


def bind(schema: Schema, metric: Metric) -> Schema:
    """The schema with its columns renamed to the metric's roles: by role, else the only column of a fitting kind.

    Raises `Faulty` with `role_unfilled` for each role that no column, or more than one, could serve.
    """
    columns, faults = _bound(schema.columns, metric.prediction, place="columns")
    truth, more = _bound(schema.truths, metric.truth, place="truth")
    if faults or more:
        raise Faulty([*faults, *more])
    return Schema(schema.id_columns, columns, truth, schema.group_column)


def fits(schema: Schema, metric: Metric) -> bool:
    """Whether the metric can score files of this schema."""
    try:
        bind(schema, metric)
    except Faulty:
        return False
    return True


def _bound(
    columns: Sequence[Column], roles: Sequence[Role], *, place: str
) -> tuple[tuple[Column, ...], list[Fault]]:
    kept: dict[str, Column] = {column.name: column for column in columns}
    faults = []
    for role in roles:
        found = _serving(list(kept.values()), role)
        if not found:
            faults.append(Fault("role_unfilled", {"role": role.name, "kind": role.kind}, place=place))
        for column in found:
            part = f":{column.part}" if role.many else ""
            kept[column.name] = _as(column, role, part)
    return tuple(kept.values()), faults


def _as(column: Column, role: Role, part: str) -> Column:
    """The column in its role: classes make sense for labels only, and a probability is bounded even when nobody said so."""
    categories = column.categories if role.kind == "label" else None
    bounded = replace(column, lowest=0.0, highest=1.0) if role.kind == "probability" else column
    return replace(bounded, role=role.name + part, kind=role.kind, categories=categories)


def _serving(columns: list[Column], role: Role) -> list[Column]:
    named = [column for column in columns if column.role.partition(":")[0] == role.name]
    if role.many:
        return [column for column in named if column.part]
    exact = [column for column in named if not column.part]
    fitting = [
        column for column in columns if column.kind in ALIKE.get(role.kind, {role.kind}) and not column.part
    ]
    return exact if len(exact) == 1 else fitting if len(fitting) == 1 else []
