"""The reference page of the metrics, written from the registry so that it cannot fall behind.

`python -m dure.engines.scoring.metrics.reference > docs/reference/metrics.md` writes it again.
"""

import inspect
import sys
from itertools import groupby
from types import ModuleType

from dure.engines.scoring.metric import Metric, Role
from dure.engines.scoring.metrics import FACTORIES, METRICS

HEAD = """# Metrics

Written by `dure.engines.scoring.metrics.reference` from the registry; a test keeps the two equal.

Columns of the answers and of the predictions are given by role. `probability:…` stands for one column per class,
`quantile:…` for one per level. An undefined score (one class only, no answer to compare with) is not a number and never
ranks. A prediction that is missing, not finite or outside its range is refused with its line, and nothing is scored.

| key | 이름 | name | better | range | answers | predictions | parameters | source |
|---|---|---|---|---|---|---|---|---|
"""


def render_reference() -> str:
    """The page as Markdown: one table of all metrics, then by family what each computes."""
    table = "\n".join(_row(metric) for metric in METRICS.values())
    families = groupby(sorted(METRICS, key=_family_order), key=_module)
    return f"{HEAD}{table}\n{''.join(_family(module, list(keys)) for module, keys in families)}"


def _module(key: str) -> ModuleType:
    return sys.modules[FACTORIES[key].__module__]


def _family_order(key: str) -> int:
    return list(dict.fromkeys(map(_module, METRICS))).index(_module(key))


def _row(metric: Metric) -> str:
    cells = [
        f"`{metric.key}`",
        metric.name_ko,
        metric.name_en,
        metric.direction,
        f"{_bound(metric.lowest)} … {_bound(metric.highest)}",
        _roles(metric.truth),
        _roles(metric.prediction),
        ", ".join(f"`{name}={value}`" for name, value in metric.parameters.items()) or "–",
        _literal(metric.source),
    ]
    return f"| {' | '.join(cells)} |"


def _family(module: ModuleType, keys: list[str]) -> str:
    title, *paragraphs = (inspect.getdoc(module) or "").split("\n\n")
    about = "".join(f"\n{_literal(paragraph)}\n" for paragraph in paragraphs)
    return f"\n## {title.removesuffix('.')}\n{about}{''.join(_section(METRICS[key]) for key in keys)}"


def _section(metric: Metric) -> str:
    described = _literal(inspect.getdoc(FACTORIES[metric.key]) or "")
    return f"\n### {metric.key}: {metric.name_en} · {metric.name_ko}\n\n{described}\n"


def _literal(text: str) -> str:
    """Text whose angle brackets are not taken for HTML; inside backquotes they already are safe."""
    parts = text.split("`")
    parts[::2] = [part.replace("<", "&lt;").replace(">", "&gt;") for part in parts[::2]]
    return "`".join(parts)


def _bound(value: float) -> str:
    return {float("inf"): "∞", float("-inf"): "−∞"}.get(value, f"{value:.4g}".replace("-", "−"))


def _roles(roles: tuple[Role, ...]) -> str:
    return ", ".join(f"`{role.name}:…`" if role.many else f"`{role.name}`" for role in roles)


if __name__ == "__main__":
    sys.stdout.write(render_reference())
