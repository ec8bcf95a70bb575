"""Gives every way in broken input for some minutes: `python -m tools.fuzz 10`, or `make fuzz MINUTES=10`.

Each file of tests/corpus, and each that the tests hold anyway, is broken a little and given to the entrance its suffix
names (`entrances`). What ends in anything but the program's own problem, or takes too long, is printed and kept in
build/fuzz; put it into tests/corpus when it is mended.
"""

from __future__ import annotations

import hashlib
import io
import random
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from aiact_check.law import rulebase
from aiact_check.law.lawbook import RuleBase
from tools.entrances import ENTRANCES, OWN, SLOW, corpus

CORPUS = 200
"""Rounds that begin with what is known."""
INSIDE = 0.8
"""How many of the workbooks are broken in a part of theirs, not in their packing."""
SECONDS = 10
"""No input may take longer."""
TOKENS = (
    b"\x00", b"\t", b"\n", b"\r\n", b": ", b"- ", b"[", b"]", b"{", b"}", b'"', b"'", b"#", b"&a ", b"*a", b"!!",
    b"null", b"true", b"unknown", b"0x10", b"1e9", b"-1", b"9" * 41, b"2026-02-30", b"9999-12-31", b"\xff",
    "\u202e\u00a0é“”«»…☑".encode(), b"answers:\n", b"  technique: ", b"compliance:\n", b"<<: ", b"\x1b[31m",
    b"../../etc/passwd", b"%PDF-", b" obj", b"endobj", b"stream", b"/Names", b"=1+1", b'","', b"{}", b"+=", b"any: ",
    b"all: ", b"not: ",
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


def invented(known: list[bytes], draw: random.Random) -> bytes:
    """A new input from those known."""
    content = draw.choice(known)
    if content.startswith(b"PK") and draw.random() < INSIDE:
        return _broken_inside(content, draw)
    return broken(content, draw.choice(known), draw)


def _broken_inside(content: bytes, draw: random.Random) -> bytes:
    """A workbook with one of its parts broken, packed again."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(made, "w") as again:
        names = packed.namelist()
        chosen = draw.choice(names)
        for name in names:
            part = packed.read(name)
            again.writestr(name, broken(part, part, draw) if name == chosen else part)
    return made.getvalue()


def failures(
    base: RuleBase, inputs: dict[str, list[bytes]], seed: int, tries: Counter[str]
) -> Iterator[tuple[str, bytes, str]]:
    """One round, an input for each entrance: what failed, and how; the corpus itself first."""
    draw = random.Random(seed)
    for suffix, known in inputs.items():
        turn, waits = divmod(seed, SLOW.get(suffix, 1))
        if waits:
            continue
        content = known[turn] if turn < len(known) and suffix != ".rule" else invented(known, draw)
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
        for suffix, content, how in failures(base, inputs, each if each < CORPUS else seed + each, tries):
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
