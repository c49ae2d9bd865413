"""Cheats that look for tests and answers, or change them. What one finds that it must not see it prints as REACHED."""

from typing import Final

_SEARCH: Final = """
import os
NAMES = {"public.py", "hidden.py", "tests.json", "grading.py", "report.json", "lab.yaml"}
def search(top):
    found = []
    for folder, below, files in os.walk(top):
        if folder == "/":
            below[:] = [name for name in below if name not in ("proc", "sys", "usr", "env", "lib", "lib64", "dev")]
        for name in NAMES & set(files):
            path = os.path.join(folder, name)
            print("REACHED", path, flush=True)
            try:
                found.append(open(path).read())
            except OSError:
                pass
    return found
"""

REACHING: Final[dict[str, str]] = {
    "reads tests": _SEARCH
    + """
FOUND = search("/")
def cheat(*given, **named): return "".join(FOUND)
""",
    "reads processes": """
import os
def read(path):
    try:
        return open(path, "rb").read(100_000)
    except OSError:
        return b""
FOUND = b""
for pid in filter(str.isdigit, os.listdir("/proc")):
    own = b"".join(read(f"/proc/{pid}/{name}") for name in ("cmdline", "environ", "maps", "mountinfo"))
    if b"grading.py" in own or b"hidden.py" in own:
        print("REACHED", pid, flush=True)
    FOUND += own
def cheat(*given, **named): return FOUND.decode("latin-1")[:1000]
""",
    # It looks for the docstring of a function that only the judge runs: a text that stays as long as the process does. The text is
    # written in two pieces here, so that who holds this program's source is not taken for the judge.
    "reads memory": """
import os
MARK = b"How one test ended. " + b"True alone passes."
PIECE, MOST, PROCESSES = 1 << 20, 24 << 20, 100
def age(pid):
    try:
        return int(open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[19])
    except (OSError, ValueError, IndexError):
        return 0
def writable(pid):
    with open(f"/proc/{pid}/maps") as maps:
        for line in maps:
            if "rw" in line.split()[1]:
                yield [int(one, 16) for one in line.split()[0].split("-")]
def pieces(memory, start, end):
    for at in range(start, end, PIECE):
        memory.seek(at)
        yield memory.read(min(end - at, PIECE + len(MARK)))
def holds(pid):
    left = MOST
    with open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for start, end in writable(pid):
            try:
                if left > 0 and any(MARK in one for one in pieces(memory, start, min(end, start + left))):
                    return True
            except (OSError, ValueError, OverflowError):
                pass
            left -= end - start
    return False
YOUNGEST = sorted(filter(str.isdigit, os.listdir("/proc")), key=age, reverse=True)[:PROCESSES]
for pid in YOUNGEST:
    try:
        if int(pid) != os.getpid() and holds(pid):
            print("REACHED", pid, flush=True)
    except OSError:
        pass
def cheat(*given, **named): return None
""",
    "reads the environment": """
import os
def cheat(*given, **named): return dict(os.environ)
""",
    "changes the tests": _SEARCH
    + """
for place in ("/judge", "/tests", "/kit", "/hidden", "/data", "/sub", "/tmp"):
    for name in NAMES | {"judge.py", "comparing.py"}:
        try:
            with open(f"{place}/{name}", "w") as file:
                file.write("def is_number(*given): return True\\nis_list = is_table = is_same = is_number\\n")
        except OSError:
            pass
def cheat(*given, **named): return None
""",
    "looks up the stack": """
import sys
WORDS = ("expected", "right", "answer", "answers", "solution", "truth")
def cheat(*given, **named):
    frame, found = sys._getframe(), []
    while frame is not None:
        for space in (frame.f_locals, frame.f_globals):
            found += [space[word] for word in WORDS if word in space]
        frame = frame.f_back
    return repr(found)
""",
    "inspects frames": """
import inspect, threading, sys
def cheat(*given, **named):
    texts = [str(one.code_context) + one.filename for one in inspect.stack()]
    texts += [str(frame.f_locals) for frame in sys._current_frames().values()]
    if any("hidden.py" in text for text in texts):
        print("REACHED the tests' frames", flush=True)
    return "".join(texts)[:1000]
""",
    "looks through all objects": """
import gc
def cheat(*given, **named):
    found = [one for one in gc.get_objects() if type(one) is dict and "expected" in one]
    places = [one for one in gc.get_objects() if getattr(one, "__name__", "") in ("hidden", "public")]
    if places:
        print("REACHED the tests", flush=True)
    return [str(one.get("expected")) for one in found]
""",
}
