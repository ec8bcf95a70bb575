"""No connection is tried: the system's own record of calls, in a process that has no network at all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import TOP
from tests.test_hostile_text import HOSTILE, written

APART = ("unshare", "-rn")
"""In a namespace with no network; not every machine permits it."""
RECORDED = ("strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=socket,connect,sendto,sendmsg")
TALKS = ("AF_INET", "AF_NETLINK", "sin_addr")


def permitted() -> bool:
    tools = all(shutil.which(tool) for tool in ("unshare", "strace"))
    return tools and not subprocess.run([*APART, *RECORDED, "true"], capture_output=True, check=False).returncode


def recorded(folder: Path, *words: str) -> str:
    """The calls to the network that a Python program makes."""
    log = folder / "calls"
    environment = {**os.environ, "PYTHONPATH": str(TOP / "src")}
    ran = subprocess.run(
        [*APART, *RECORDED, "-o", str(log), sys.executable, *words],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return "\n".join(line for line in log.read_text("utf-8").splitlines() if any(word in line for word in TALKS))


pytestmark = pytest.mark.skipif(not permitted(), reason="no unshare or strace, or not permitted here")


def test_a_program_that_looks_up_a_name_is_seen(tmp_path: Path) -> None:
    look_up = "import socket\ntry: socket.create_connection(('127.0.0.1', 9))\nexcept OSError: pass"
    assert "AF_INET" in recorded(tmp_path, "-c", look_up)


def test_what_strangers_wrote_is_read_and_reported_without_a_call_to_the_network(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(written(HOSTILE["html"] + HOSTILE["css"], HOSTILE["paths"]))
    for words in (["assess", "a.yaml", "-o", "a.pdf"], ["form", "a.yaml"]):
        assert recorded(tmp_path, "-m", "aiact_check", *words) == ""
    assert (tmp_path / "questionnaire.html").stat().st_size
