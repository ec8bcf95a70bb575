"""Gives every way in broken input for some minutes: `python -m tools.fuzz 10`, or `make fuzz MINUTES=10`.

Each file of tests/corpus, and each that the tests hold anyway, is broken a little and given to the entrance its suffix
names. What ends in anything but the program's own problem, or takes too long, is printed and kept in build/fuzz; put
it into tests/corpus when it is mended.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from aiact_check.answering import answers
from aiact_check.answering.reply import NotUnderstood, fitting, understood
from aiact_check.assessing import document
from aiact_check.comparing import saved, supposition
from aiact_check.law import rulebase
from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.problem import Problems
from aiact_check.reading.source import skim
from aiact_check.reporting import agenda, carried, report, summary, workbook
from aiact_check.text import LANGUAGES, data_folder
from tests.conftest import TODAY

SECONDS = 10
"""No input may take longer."""
TOKENS = (
    b"\x00", b"\t", b"\n", b"\r\n", b": ", b"- ", b"[", b"]", b"{", b"}", b'"', b"'", b"#", b"&a ", b"*a", b"!!",
    b"null", b"true", b"unknown", b"0x10", b"1e9", b"-1", b"9" * 41, b"2026-02-30", b"9999-12-31", b"\xff",
    "\u202e\u00a0é“”«»…☑".encode(), b"answers:\n", b"  technique: ", b"compliance:\n", b"<<: ", b"\x1b[31m",
    b"../../etc/passwd", b"%PDF-", b" obj", b"endobj", b"stream", b"/Names", b"=1+1",
)  # fmt: skip


def broken(content: bytes, other: bytes, draw: random.Random) -> bytes:
    """An input with a few stretches lost, doubled, replaced or taken from another."""
    for _ in range(draw.randint(1, 5)):
        start = draw.randint(0, len(content))
        end = min(len(content), start + draw.choice((0, 1, 4, 40, 400)))
        at = draw.randint(0, len(other))
        put = draw.choice(
            (b"", draw.choice(TOKENS), draw.randbytes(draw.randint(1, 4)), content[start:end] * 3, other[at : at + 60])
        )
        content = content[:start] + put + content[end:]
    return content


def questionnaire(base: RuleBase, content: bytes) -> None:
    """A questionnaire, and where it is valid, every form of report in both languages but the slow one."""
    told = answers.understand(skim("fuzz.yaml", content), base, hashlib.sha256(content).hexdigest(), TODAY)
    found = document.assess(base, told, TODAY)
    for lang in LANGUAGES:
        report.html(found, lang)
        report.markdown(found, lang)
        workbook.xlsx(found, lang)
        agenda.ics(found, lang)
        summary.text(found, lang)


def saved_assessment(base: RuleBase, content: bytes) -> None:
    """A saved assessment, as `diff` is given it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fuzz.json"
        file.write_bytes(content)
        saved.answers(base, saved.load(file))


def pdf(_base: RuleBase, content: bytes) -> None:
    """A PDF, as `extract` is given it."""
    carried.unpack(content)


def typed(base: RuleBase, content: bytes) -> None:
    """What is typed: an answer in the interview, and a change of `whatif`."""
    line = content.decode("utf-8", "replace")
    for question in list(base.questions.values())[:40]:
        try:
            understood(question, line)
        except NotUnderstood:
            continue
    try:
        fitting(9, line)
    finally:
        supposition.read(base, {}, [line])


ENTRANCES: dict[str, Callable[[RuleBase, bytes], None]] = {
    ".yaml": questionnaire, ".json": saved_assessment, ".pdf": pdf, ".txt": typed,
}  # fmt: skip
OWN = (Problems, carried.NotAReport, NotUnderstood, supposition.Mistaken)
"""What an entrance may say of an input."""


def corpus(base: RuleBase) -> dict[str, list[bytes]]:
    """The inputs to start from, by the suffix that names their entrance."""
    top = data_folder()
    files = [*sorted((top / "tests" / "corpus").iterdir()), *sorted((top / "tests" / "problems").glob("*.yaml"))]
    files += sorted((top / "questionnaires" / "examples").glob("*.yaml"))
    found: dict[str, list[bytes]] = {suffix: [] for suffix in ENTRANCES}
    for file in files:
        if file.suffix in found:
            found[file.suffix].append(file.read_bytes())
    told = answers.understand(skim("x", found[".yaml"][-1]), base, "")
    made = document.assess(base, told, TODAY)
    found[".json"].append(json.dumps(made).encode())
    found[".pdf"].append(report.pdf(made, "en", found[".yaml"][-1]))
    return found


def failures(
    base: RuleBase, inputs: dict[str, list[bytes]], seed: int, tries: Counter[str]
) -> Iterator[tuple[str, bytes, str]]:
    """One round, an input for each entrance: what failed, and how; the corpus itself first."""
    draw = random.Random(seed)
    for suffix, known in inputs.items():
        content = known[seed] if seed < len(known) else broken(draw.choice(known), draw.choice(known), draw)
        begun = time.process_time()
        tries[suffix] += 1
        try:
            ENTRANCES[suffix](base, content)
        except OWN:
            pass
        except Exception:  # finding these is what this is for
            yield suffix, content, traceback.format_exc()
        if time.process_time() - begun > SECONDS:
            yield suffix, content, f"took {time.process_time() - begun:.0f} s"


def main(minutes: float, seed: int) -> int:
    """Fuzz for some minutes; 1 where anything failed."""
    base = rulebase.load()
    inputs, tries, kept = corpus(base), Counter[str](), Path("build/fuzz")
    end, seen = time.monotonic() + 60 * minutes, set()
    for each in range(10**9):
        if time.monotonic() > end:
            break
        for suffix, content, how in failures(base, inputs, each if each < 200 else seed + each, tries):
            if how[-200:] not in seen:
                seen.add(how[-200:])
                kept.mkdir(parents=True, exist_ok=True)
                (kept / f"{hashlib.sha256(content).hexdigest()[:12]}{suffix}").write_bytes(content)
                print(how)
    print(
        ", ".join(f"{ENTRANCES[suffix].__name__}: {count}" for suffix, count in tries.items()), f"failures: {len(seen)}"
    )
    return 1 if seen else 0


if __name__ == "__main__":
    raise SystemExit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 1, int(sys.argv[2]) if len(sys.argv) > 2 else 0))
