"""Cheats that speak where only the worker may, or end, or never do."""

from typing import Final

_PIPES: Final = """
import os, stat
def pipes():
    found = []
    for number in range(64):
        try:
            if stat.S_ISFIFO(os.fstat(number).st_mode) and number not in (0, 2):
                found.append(number)
        except OSError:
            pass
    return found
def write(data):
    for number in pipes():
        try:
            os.write(number, data)
        except OSError:
            pass
"""
_STOPS: Final = {
    "leaves with 0": "os._exit(0)",
    "exits with 0": "sys.exit(0)",
    "ends itself": "os.kill(os.getpid(), 9)",
    "ends everybody": "os.kill(-1, 9)",
    "sleeps": "time.sleep(3600)",
    "loops": "exec('while True: pass')",
    "closes the conversation": "[os.close(number) for number in range(3, 64) if number in pipes()]",
}

TALKING: Final[dict[str, str]] = {
    "forges an answer": _PIPES
    + """
write(b'{"id": "1", "ok": {"v": true}}\\n')
def cheat(*given, **named): return None
""",
    "forges a report": _PIPES
    + """
def cheat(*given, **named):
    write(b'{"report": {"tests": [{"id": "hidden", "passed": true}]}}\\n')
    return None
""",
    "forges a report in its answer": _PIPES
    + """
import json, sys
def cheat(*given, **named):
    frame = sys._getframe()
    while frame is not None and "identity" not in frame.f_locals:
        frame = frame.f_back
    identity = frame.f_locals["identity"] if frame else ""
    said = {"id": identity, "ok": {}, "passed": True, "report": {"tests": []}}
    write(json.dumps(said).encode() + b"\\n")
    return None
""",
    "takes over the conversation": _PIPES
    + """
import json, sys
for line in sys.stdin:
    said = {"id": json.loads(line)["id"], "ok": {"v": {"passed": True}}, "report": {"passed": True}}
    write(json.dumps(said).encode() + b"\\n")
def cheat(*given, **named): return None
""",
    "talks all the time": _PIPES
    + """
import threading, time
def talk():
    while True:
        write(b'{"id": "1", "ok": {"v": true}}\\n')
        time.sleep(0.001)
threading.Thread(target=talk, daemon=True).start()
def cheat(*given, **named): return None
""",
    "answers twice": """
import os
def cheat(*given, **named):
    os.fork()
    return None
""",
    "nested lists in the conversation": _PIPES
    + """
def cheat(*given, **named):
    write(b"[" * 200_000 + b"]" * 200_000 + b"\\n")
""",
    "ten thousand digits in the conversation": """
import sys
sys.set_int_max_str_digits(0)
def cheat(*given, **named): return 10 ** 10_000
""",
    "a line without an end": _PIPES
    + """
def cheat(*given, **named):
    while True:
        write(b"x" * 65536)
""",
    "prints without an end": """
def cheat(*given, **named):
    while True:
        print("x" * 65536)
""",
    "leaves while it loads": "import os\nos._exit(0)\ndef cheat(*given, **named): return None",
    "exits while it loads": "import sys\nsys.exit(0)\ndef cheat(*given, **named): return None",
    "reports when it ends": _PIPES
    + """
import atexit, sys
atexit.register(write, b'{"report": {"tests": [], "passed": true}}\\n')
def cheat(*given, **named): sys.exit(0)
""",
    **{
        name: f"{_PIPES}\nimport sys, time\ndef cheat(*given, **named):\n    {words}\n    return None"
        for name, words in _STOPS.items()
    },
}
