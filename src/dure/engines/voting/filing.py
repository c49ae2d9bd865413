"""How a rule and a choice are written: as JSON for a column or an answer, and as canonical bytes for what is hashed."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from fractions import Fraction
from typing import Any, Final

from dure.engines.faults import Fault, Faulty
from dure.engines.voting.checking import rule_faults
from dure.engines.voting.values import Choice, Rule, Share

_SHARES: Final = ("quorum", "majority")


def rule_data(rule: Rule) -> dict[str, Any]:
    """The rule as JSON values; shares as `{"of": "1/2", "more": true}`."""
    data = {**asdict(rule), "options": list(rule.options)}
    return data | {name: share_data(getattr(rule, name)) for name in _SHARES}


def share_data(share: Share) -> dict[str, Any]:
    """The share as JSON values."""
    return {"of": str(share.of), "more": share.more}


def rule_of(data: Mapping[str, Any]) -> Rule:
    """The rule from such values. Raises Faulty with every fault, and `vote_rule_shape` for what is none of a rule's."""
    shapes = [Fault("vote_rule_shape", place=str(name)) for name in data if not _fits(str(name), data[name])]
    if shapes or "method" not in data:
        raise Faulty(shapes or [Fault("vote_rule_shape", place="method")])
    rule = replace(Rule(method=data["method"]), **{name: _value(name, data[name]) for name in data})
    if faults := rule_faults(rule):
        raise Faulty(faults)
    return rule


def _fits(name: str, value: Any) -> bool:
    if name in _SHARES:
        return _is_share(value)
    if name == "options":
        return isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)
    if name == "winners":
        return type(value) is int
    if name == "most_approvals":
        return value is None or type(value) is int
    return name in {field.name for field in fields(Rule)} and isinstance(value, str)


def _is_share(value: Any) -> bool:
    try:
        return (
            set(value) == {"of", "more"} and type(value["more"]) is bool and Fraction(value["of"]) is not None
        )
    except (TypeError, ValueError, KeyError, ZeroDivisionError):
        return False


def _value(name: str, value: Any) -> Any:
    if name in _SHARES:
        return Share(Fraction(value["of"]), value["more"])
    return tuple(value) if name == "options" else value


def canonical(value: Any) -> bytes:
    """JSON in one way only: keys sorted, no blanks, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def normal(choice: Choice) -> Choice:
    """The choice with the options of each tier in one order, for what is kept, hashed and published."""
    return tuple(tuple(sorted(tier)) for tier in choice)
