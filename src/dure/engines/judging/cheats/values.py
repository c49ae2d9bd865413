"""Cheats by what a function gives: objects that agree with everything, patched comparisons, constants, and no answer at all.

The first ones are from graders that were really cheated (decision 23).
"""

from typing import Final

_YES: Final = """
class Yes:
    def __getattr__(self, name): return self
    def __call__(self, *given, **named): return self
    def __hash__(self): return 1
    def __bool__(self): return True
    def __len__(self): return 1
    def __iter__(self): return iter([self])
    def __contains__(self, item): return True
    def __float__(self): return 1.0
    def __int__(self): return 1
    def __index__(self): return 1
    def __str__(self): return "True"
    __repr__ = __str__
    keys = values = items = lambda self: [self]
for _name in ("eq", "ne", "lt", "le", "gt", "ge"):
    setattr(Yes, f"__{_name}__", lambda self, other: True)
for _name in (
    "add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "floordiv", "mod", "pow", "and", "or", "xor",
    "neg", "pos", "abs", "invert", "round", "getitem", "enter", "matmul",
):
    setattr(Yes, f"__{_name}__", lambda self, *other: self)
"""
_CONSTANTS: Final = {
    "true for one": "True",
    "no number": "float('nan')",
    "no numbers": "[float('nan')] * 3",
    "endless": "float('inf')",
    "nothing": "None",
    "ten thousand digits": "10 ** 10_000",
    "a giant answer": "'x' * 3_000_000",
}

VALUES: Final[dict[str, str]] = {
    "always true": _YES + "def cheat(*given, **named): return Yes()",
    "always true in a list": _YES + "def cheat(*given, **named): return [Yes(), Yes()]",
    "always true in a table": _YES + "def cheat(*given, **named): return {Yes(): Yes(), 'a': Yes()}",
    "always true by its class": _YES
    + """
Yes.__class__ = property(lambda self: float)
def cheat(*given, **named): return Yes()
""",
    "a float that equals all": """
class Equal(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return self
    __rsub__ = __sub__
    def __abs__(self): return self
    def __le__(self, other): return True
    __lt__ = __ge__ = __gt__ = __le__
    __hash__ = float.__hash__
def cheat(*given, **named): return Equal(0)
""",
    "a list that equals all": """
class Equal(list):
    def __eq__(self, other): return True
    def __len__(self): return 3
    __hash__ = None
def cheat(*given, **named): return Equal()
""",
    "a text that equals all": """
class Equal(str):
    def __eq__(self, other): return True
    def __hash__(self): return 1
def cheat(*given, **named): return Equal("x")
""",
    "a table that equals all": """
class Equal(dict):
    def __eq__(self, other): return True
    def __getitem__(self, name): return 1.0
    def __contains__(self, name): return True
    __hash__ = None
def cheat(*given, **named): return Equal()
""",
    "a false array": """
class ndarray:
    def __init__(self, value): self.value = value
    def tolist(self): return self.value
ndarray.__module__ = "numpy"
class Yes:
    def __eq__(self, other): return True
    __hash__ = None
def cheat(*given, **named): return ndarray([Yes()])
""",
    "patched worker": _YES
    + """
import __main__, json
__main__.carried = lambda value: {"v": True, "passed": True, "report": {"tests": []}}
__main__._plain = lambda value: value
__main__.STRICT = json.JSONEncoder(default=lambda value: True)
def cheat(*given, **named): return Yes()
""",
    "patched modules": """
import sys, types, math, json, operator
yes = lambda *given, **named: True
for name in ("comparing", "judge", "public", "hidden", "grading"):
    module = types.ModuleType(name)
    module.__getattr__ = lambda name: yes
    module.is_number = module.is_list = module.is_table = module.is_same = yes
    sys.modules[name] = module
math.isclose = math.isfinite = operator.eq = operator.le = yes
def cheat(*given, **named): return "patched"
""",
    "patched builtins": """
import builtins
for name in ("abs", "all", "any", "isinstance", "round", "sum", "min", "max"):
    setattr(builtins, name, lambda *given, **named: True)
def cheat(*given, **named): return 0.123456789
""",
    "patched numpy": """
try:
    import numpy
    yes = lambda *given, **named: True
    for name in ("allclose", "array_equal", "isclose", "all", "any", "abs", "equal", "mean", "std"):
        setattr(numpy, name, yes)
    numpy.testing.assert_allclose = numpy.testing.assert_array_equal = numpy.testing.assert_equal = yes
    class Equal(numpy.ndarray):
        def __eq__(self, other): return True
        def __abs__(self): return self
        def __lt__(self, other): return True
        def tolist(self): return [True]
    VALUE = numpy.zeros(3).view(Equal)
except ImportError:
    VALUE = None
def cheat(*given, **named): return VALUE
""",
    "answers by time": """
import time
LAST = [time.perf_counter()]
def cheat(*given, **named):
    now = time.perf_counter()
    passed, LAST[0] = now - LAST[0], now
    return passed
""",
    "nested lists": """
def cheat(*given, **named):
    value = []
    for _ in range(200_000):
        value = [value]
    return value
""",
    "raises what it was given": """
def cheat(*given, **named):
    raise type(f"passed_{given}", (Exception,), {})(f"passed {given}")
""",
    "forks": """
import os, time
def cheat(*given, **named):
    for _ in range(300):
        if not os.fork():
            time.sleep(600)
            os._exit(0)
    return None
""",
    "eats memory": """
def cheat(*given, **named):
    held = []
    while True:
        held.append(bytearray(b"x") * 16_000_000)
""",
    **{name: f"def cheat(*given, **named): return {value}" for name, value in _CONSTANTS.items()},
}
