"""Pages that the browser tests visit: each app has one module here with a list `CASES`."""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Case:
    """One page. `prepare` makes the data and returns the address and who looks (None: a stranger)."""

    name: str
    prepare: Callable[[], tuple[str, Any]]
    status: int = 200


def all_cases() -> list[Case]:
    """Every `CASES` list of the modules beside this one."""
    modules = [importlib.import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__)]
    return [case for module in modules for case in module.CASES]
