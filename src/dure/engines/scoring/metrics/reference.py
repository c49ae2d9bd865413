"""The reference page of the metrics, written from the registry so that it cannot fall behind."""

import inspect

from dure.engines.scoring.metric import Metric, Role
from dure.engines.scoring.metrics import FACTORIES, METRICS

HEAD = """# Metrics

Written by `dure.engines.scoring.metrics.reference` from the registry; a test keeps the two equal.

Columns of the answers and of the predictions are given by role. `probability:…` stands for one column per class,
`quantile:…` for one per level. Undefined scores (one class only, no answers) are not a number and never rank.

| key | 이름 | name | better | range | answers | predictions | parameters | source |
|---|---|---|---|---|---|---|---|---|
"""


def render_reference() -> str:
    """The page as Markdown: one table of all metrics, then what each computes."""
    table = "\n".join(_row(metric) for metric in METRICS.values())
    details = "\n".join(_section(metric) for metric in METRICS.values())
    return f"{HEAD}{table}\n\n{details}"


def _row(metric: Metric) -> str:
    cells = [
        f"`{metric.key}`",
        metric.name_ko,
        metric.name_en,
        metric.direction,
        _range(metric),
        _roles(metric.truth),
        _roles(metric.prediction),
        ", ".join(f"`{name}={value}`" for name, value in metric.parameters.items()) or "–",
        metric.source.replace("<", "&lt;").replace(">", "&gt;"),
    ]
    return f"| {' | '.join(cells)} |"


def _section(metric: Metric) -> str:
    described = inspect.getdoc(FACTORIES[metric.key]) or ""
    return f"## {metric.key}: {metric.name_en} · {metric.name_ko}\n\n{described}\n{_format(metric)}"


def _format(metric: Metric) -> str:
    """How the cells are written, where the module of the metric says so in more than one paragraph."""
    module = inspect.getmodule(FACTORIES[metric.key])
    kinds = {role.kind for role in metric.truth}
    described = inspect.getdoc(module) if module and kinds & {"boxes", "mask", "label"} else None
    paragraphs = (described or "").split("\n\n")[1:2] if metric.key not in _SELF_EXPLAINED else []
    return "".join(f"\n{paragraph}\n" for paragraph in paragraphs)


_SELF_EXPLAINED = {"accuracy", "f1", "f1_micro"}


def _range(metric: Metric) -> str:
    return f"{_bound(metric.lowest)} … {_bound(metric.highest)}"


def _bound(value: float) -> str:
    return {float("inf"): "∞", float("-inf"): "−∞"}.get(value, f"{value:.4g}".replace("-", "−"))


def _roles(roles: tuple[Role, ...]) -> str:
    return ", ".join(f"`{role.name}:…`" if role.many else f"`{role.name}`" for role in roles)
