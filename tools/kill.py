"""Kills commands that write at random moments: `python -m tools.kill 200`. The file must be the old one or the new one.

Counts the kills that came before the command had ended; prints what was left half-written.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from aiact_check.text import data_folder

TOP = data_folder()
EXAMPLE = TOP / "questionnaires" / "examples" / "spam-filter.en.yaml"
COMMANDS = (
    ["assess", "IN", "-o", "OUT.json", "--force"],
    ["merge", "IN", "IN", "-o", "OUT.yaml", "--force"],
    ["questionnaire", "--duties", "OUT.yaml"],
    ["questionnaire", "-o", "OUT.yaml", "--force"],
    ["draft", "IN", "declaration", "-o", "OUT.md", "--force"],
    ["interview", "OUT.yaml"],
)


def once(words: list[str], folder: Path, wait: float) -> tuple[bool, str | None]:
    """Run a command and kill it after so many seconds: whether it was still running, and what is half-written."""
    given = folder / "in.yaml"
    given.write_bytes(EXAMPLE.read_bytes())
    named = [word.replace("OUT", str(folder / "out")).replace("IN", str(given)) for word in words]
    target = next(Path(word) for word in named if word.startswith(str(folder / "out")))
    old = EXAMPLE.read_bytes()
    if words[0] == "interview":
        old = b"company: { name: A }\nsystem: { name: B }\nanswers:\n"
    target.write_bytes(old)
    env = {**os.environ, "PYTHONPATH": str(TOP / "src")}
    ran = subprocess.Popen(
        [sys.executable, "-m", "aiact_check", *named],
        env=env, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    if words[0] == "interview" and ran.stdin:
        ran.stdin.write(b"1\n" * 40)
        ran.stdin.flush()
    time.sleep(wait)
    running = ran.poll() is None
    ran.kill()
    ran.wait()
    return running, None if target.read_bytes() == old or _whole(target) else " ".join(words)


def _whole(target: Path) -> bool:
    """Whether a file that was replaced is complete: it can be read, or ends as such files do."""
    content = target.read_bytes()
    if target.suffix == ".json":
        return content.endswith(b"}\n")
    if target.suffix == ".md":
        return len(content) > 1000 and content.endswith(b"\n")
    from aiact_check.reading.source import parse

    return bool(parse("", content).data) and content.endswith(b"\n")


def main(kills: int) -> int:
    """Kill so many times; 1 where anything was half-written."""
    draw, done, torn = random.Random(kills), 0, list[str]()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begun = time.monotonic()
        once(COMMANDS[0], folder, 0.1)
        while done < kills:
            running, left = once(draw.choice(COMMANDS), folder, draw.uniform(0.05, 4))
            done += running
            torn += [left] if left else []
    print(f"{done} kills in {time.monotonic() - begun:.0f} s, half-written: {torn or 'none'}")
    return 1 if torn else 0


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
