"""The first program inside a lab: waits for what the hub hands over, then becomes the notebook server.

The hub's tokens come through the relay and not with the job: a job's row is kept and shown.
"""

import json
import os
import time

RELAY = "/run/relay"
HANDED_OVER = f"{RELAY}/environment.json"
HOME = "/home/lab"
LONGEST_WAIT_S = 900.0
OF_THIS_START = "/tmp/jupyter"  # noqa: S108 - a path inside, always fresh
LEFT_OUT = ("@jupyterlab/apputils-extension:announcements",)
"""Parts of JupyterLab that ask for the network, which there is none of: its news."""


def main() -> None:
    """Take the environment, leave nothing of it behind, and start."""
    os.environ.update(_handed_over())
    os.environ["HOME"] = HOME
    os.environ["JUPYTER_RUNTIME_DIR"] = os.environ["JUPYTER_CONFIG_PATH"] = OF_THIS_START
    _leave_out(OF_THIS_START)
    os.chdir(HOME)
    words = [
        "/env/bin/python",
        "-m",
        "jupyterhub.singleuser",
        f"--ServerApp.sock={RELAY}/server.sock",
        "--ServerApp.sock_mode=0600",
        "--ServerApp.allow_remote_access=True",
        "--ContentsManager.allow_hidden=False",
    ]
    os.execv(words[0], words)  # noqa: S606 - our purpose


def _leave_out(place: str) -> None:
    os.makedirs(f"{place}/labconfig")  # noqa: PTH103 - pathlib starts slowly
    with open(f"{place}/labconfig/page_config.json", "w") as file:  # noqa: PTH123 - same
        json.dump({"disabledExtensions": dict.fromkeys(LEFT_OUT, True)}, file)


def _handed_over() -> dict[str, str]:
    """Wait for the hub; it puts the file there whole."""
    until = time.monotonic() + LONGEST_WAIT_S
    while not os.path.exists(HANDED_OVER):  # noqa: PTH110 - pathlib starts slowly
        if time.monotonic() > until:
            raise SystemExit("the hub did not come")
        time.sleep(0.05)
    with open(HANDED_OVER) as file:  # noqa: PTH123 - same
        given: dict[str, str] = json.load(file)
    os.unlink(HANDED_OVER)  # noqa: PTH108 - same
    return given


if __name__ == "__main__":
    main()
