"""Gives ways in bytes that a fuzzer finds by what they reach: `python -m tools.fuzz_bytes 10 .yaml .pdf`.

`make fuzz-bytes MINUTES=10` takes each of KINDS in turn. It starts from the same inputs as `tools.fuzz` and keeps
those that reach something new in build/fuzz/reaching; tests/corpus has the smallest of them that are told something no
other input there is (`reaching-…`). What ends in anything but the program's own problem, or takes too
long, is printed and kept in build/fuzz; put it into tests/corpus when it is mended. Atheris is needed, which is not
among the dependencies: it is built for some versions of Python on Linux only.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
import traceback
from collections.abc import Callable
from multiprocessing import Value
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aiact_check.law.lawbook import RuleBase

KINDS = (".yaml", ".json", ".pdf", ".txt", ".rule", ".csv", ".jsonl", ".xlsx")
LOOKED_AT = (
    "aiact_check.reading", "aiact_check.answering", "aiact_check.comparing", "aiact_check.inventory",
    "aiact_check.law.lint", "aiact_check.law.crosscheck", "aiact_check.law.condition", "aiact_check.reporting.carried",
    "aiact_check.reporting.recheck", "openpyxl", "pypdf",
)  # fmt: skip
"""What an input reaches of these counts; of the engine behind them, every valid one reaches much the same."""
LONGEST, HANGS, MEGABYTES = 30_000, 60, 3_000
"""The longest input, in bytes, the seconds after which one hangs, the memory one may take."""
KEPT = Path("build/fuzz")


def entrances() -> dict[str, Callable[[RuleBase, bytes], object]]:
    """The ways in; of questionnaires and rules the reading alone, as the rest takes a thousand times as long."""
    from tools.entrances import ENTRANCES, answers_alone, rules_alone

    return ENTRANCES | {".yaml": answers_alone, ".rule": rules_alone}


def fuzz(atheris: ModuleType, kind: str, seconds: int) -> tuple[int, int]:
    """Fuzz an entrance in a process of its own, as the fuzzer ends the process; how many inputs, how many failures."""
    tries, failures = Value("Q"), Value("Q")
    child = os.fork()
    if child == 0:
        _fuzz(atheris, kind, seconds, (tries, failures))
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return tries.value, failures.value + (ended != 0)


def _fuzz(atheris: ModuleType, kind: str, seconds: int, counts: Any) -> None:
    from aiact_check.law import rulebase
    from tools import fuzz
    from tools.entrances import OWN, corpus

    base, entrance, seen = rulebase.load(), entrances()[kind], set[str]()
    tries, failures = counts

    def kept(content: bytes, how: str) -> None:
        if how[-200:] not in seen:
            seen.add(how[-200:])
            failures.value += 1
            (KEPT / f"{hashlib.sha256(content).hexdigest()[:12]}{kind}").write_bytes(content)
            print(how, flush=True)

    def one(content: bytes) -> None:
        begun = time.process_time()
        tries.value += 1
        try:
            entrance(base, content)
        except OWN:
            pass
        except Exception:  # finding these is what this is for
            kept(content, traceback.format_exc())
        if time.process_time() - begun > fuzz.SECONDS:
            kept(content, f"took {time.process_time() - begun:.0f} s")

    reaching = KEPT / "reaching" / kind[1:]
    reaching.mkdir(parents=True, exist_ok=True)
    for content in corpus(base)[kind]:
        if len(content) <= LONGEST:
            (reaching / hashlib.sha256(content).hexdigest()[:16]).write_bytes(content)
    words = KEPT / "words"
    quoted = ("".join(f"\\x{byte:02x}" for byte in token) for token in fuzz.TOKENS)
    words.write_text("".join(f'"{token}"\n' for token in quoted), "ascii")
    options = [
        f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={HANGS}", f"-report_slow_units={HANGS}",
        f"-rss_limit_mb={MEGABYTES}",
        f"-dict={words}", f"-artifact_prefix={KEPT}/", "-verbosity=0",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(reaching)], one)
    atheris.Fuzz()


def main(minutes: str = "10", *kinds: str) -> int:
    """Fuzz so many minutes, each entrance as long; 1 where anything failed."""
    try:
        import atheris
    except ImportError:
        print("Nothing was tried: atheris is not installed (`.venv/bin/python -m pip install atheris`; Linux).")
        return 1
    with atheris.instrument_imports(include=list(LOOKED_AT)):
        ways = entrances()
    failed, chosen = 0, kinds or KINDS
    for kind in chosen:
        tries, failures = fuzz(atheris, kind, int(60 * float(minutes) / len(chosen)))
        failed += failures
        print(f"{ways[kind].__name__}: {tries} inputs, {failures} failures", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
