"""Reading what strangers sent, in a child process with bounded memory, time and file size, and without our secrets.

One warm child per process: it is started on first use, answers calls as JSON lines, and is killed and replaced when a call takes
too long or dies. A call whose child died is made once more: it may have been killed for no fault of this input. The
functions it may run are pure (`dure.engines…`), named by dotted path.
"""

import atexit
import errno
import importlib
import json
import os
import resource
import selectors
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import dure
from dure.engines.faults import Fault, Faulty
from dure.foundation.no_room import StorageUnavailable

MEMORY_BYTES = 6 * 2**30
FILE_BYTES = 4 * 2**30
SECONDS = 120.0
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS)
PASSED_ON = ("PATH", "LANG", "HOME", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "XDG_RUNTIME_DIR")


class Overstrained(Faulty):
    """The input needed more time or memory than an upload may have; carries one fault that says so."""

    def __init__(self, code: str) -> None:
        super().__init__([Fault(code, {"seconds": int(SECONDS)})])


class Child:
    """One limited process and the pipe to it. Calls are made one at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def call(self, function: str, *, seconds: float = SECONDS, **arguments: Any) -> Any:
        """Run `module:function` with JSON arguments there and return its JSON result.

        Raises Faulty with the function's own faults, Overstrained when it took too long or too much memory, or
        StorageUnavailable when there was no room for what it writes.
        """
        with self._lock:
            answer = self._ask({"function": function, "arguments": arguments}, seconds)
        if "no_room" in answer:
            raise StorageUnavailable(answer["no_room"])
        if "faults" in answer:
            raise Faulty([Fault(**fault) for fault in answer["faults"]])
        return answer["result"]

    def close(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    pipe.close()
        self._process = None

    def _ask(self, question: Mapping[str, Any], seconds: float) -> dict[str, Any]:
        for _attempt in range(2):
            line = self._ask_once(question, seconds)
            if line:
                return dict(json.loads(line))
            self.close()
            if line is None:
                raise Overstrained("upload_too_slow")
        raise Overstrained("upload_too_large_to_read")

    def _ask_once(self, question: Mapping[str, Any], seconds: float) -> bytes | None:
        process = self._running()
        assert process.stdin is not None  # noqa: S101 - opened as pipes below
        assert process.stdout is not None  # noqa: S101 - same
        try:
            process.stdin.write(json.dumps(question).encode() + b"\n")
            process.stdin.flush()
            return _line_within(process.stdout, seconds)
        except BrokenPipeError:
            return b""

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = _start()
        return self._process


def _start() -> "subprocess.Popen[bytes]":
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    environment["PYTHONPATH"] = str(Path(dure.__file__).resolve().parents[1])
    environment["POLARS_MAX_THREADS"] = "2"
    command = [sys.executable, "-m", "dure.foundation.limited"]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, close_fds=True, cwd="/"
    )


def _line_within(pipe: Any, seconds: float) -> bytes | None:
    """The next line; b"" when the child died; None when it took longer than `seconds`."""
    with selectors.DefaultSelector() as waiting:
        waiting.register(pipe, selectors.EVENT_READ)
        if not waiting.select(seconds):
            return None
    return bytes(pipe.readline())


def serve() -> None:
    """The child's loop: ends when the parent closes the pipe or dies."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _go_first()
    for line in sys.stdin.buffer:
        question = json.loads(line)
        sys.stdout.write(json.dumps(_answer(question), ensure_ascii=False) + "\n")
        sys.stdout.flush()


def _go_first() -> None:
    """Where the machine has less memory than this process may use, the kernel ends this one and not the database."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def _answer(question: Mapping[str, Any]) -> dict[str, Any]:
    module, _, name = question["function"].partition(":")
    if not module.startswith("dure.engines."):
        raise ValueError(module)
    try:
        return {"result": getattr(importlib.import_module(module), name)(**question["arguments"])}
    except Faulty as faulty:
        return {"faults": [_plain(fault) for fault in faulty.faults]}
    except OSError as error:
        if not _is_no_room(error):
            raise
        return {"no_room": str(error)}


def _is_no_room(error: OSError) -> bool:
    """Whether a write failed for want of room or of a working disk."""
    return error.errno in NO_ROOM


def _plain(fault: Fault) -> dict[str, Any]:
    return {
        "code": fault.code,
        "params": dict(fault.params),
        "row": fault.row,
        "column": fault.column,
        "place": fault.place,
    }


child = Child()
atexit.register(child.close)

if __name__ == "__main__":
    serve()
