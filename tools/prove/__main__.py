"""`make prove`: every claim, for the law of every day on which it changes. Exits with 1 where one is refuted."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import yaml

from aiact_check.law import rulebase
from aiact_check.law.lawbook import RuleBase
from tools.prove.claims import Claim, Refutation
from tools.prove.complete import Complete
from tools.prove.terms import as_yaml
from tools.prove.twice import Twice

KNOWN = Path(__file__).parent / "known.yaml"


def days(base: RuleBase) -> list[date]:
    """The days on which the law changes; on any other it is as on the last of them."""
    changes = {start for rule in base.rules.values() for start in rule.versions}
    changes |= {start for milestone in base.milestones.values() for start in milestone.versions}
    return [date.fromisoformat(start) for start in sorted(changes)]


def claims(base: RuleBase, day: date) -> Iterator[Claim]:
    """All claims about the law of a day."""
    for proofs in (Complete(base, day), Twice(base, day)):
        yield from proofs.claims()


def known() -> dict[tuple[str, str], str]:
    """Why a refutation stands, by the claim and what it is refuted for; `*` for all of them."""
    found = yaml.safe_load(KNOWN.read_text(encoding="utf-8"))
    return {(says, name): reason for says, reasons in found.items() for name, reason in reasons.items()}


def key(claim: Claim, refutation: Refutation, reasons: Mapping[tuple[str, str], str]) -> tuple[str, str]:
    """Under what the reason of a refutation is known, if it is."""
    every = (claim.says, "*")
    return every if every in reasons else (claim.says, refutation.says)


def report(claim: Claim, reasons: Mapping[tuple[str, str], str], verbose: bool = False) -> Iterator[str]:
    """The lines that say what became of a claim: counterexamples of what is not known, or of everything."""
    found = [(refutation, reasons.get(key(claim, refutation, reasons))) for refutation in claim.refuted]
    state = "proved " if not found else "known  " if all(reason for _, reason in found) else "REFUTED"
    yield f"  {state} {claim.says} ({claim.count - len(found)} of {claim.count})"
    said = ""
    for refutation, reason in found:
        yield f"      not {refutation.says}{': ' + reason if reason and reason != said else ''}"
        said = reason or ""
        if verbose or not reason:
            yield from counterexamples(refutation)


def counterexamples(refutation: Refutation) -> Iterator[str]:
    """Questionnaires that show a refutation, to be copied and assessed."""
    shown, seen = refutation.shown_by(), list[str]()
    for number, answers in enumerate(shown, 1):
        yield f"        # counterexample {number} of {len(shown)}"
        lines = as_yaml(answers).splitlines()
        yield from (f"        {line}{'  # new' if seen and line not in seen else ''}" for line in lines)
        seen = lines


def main() -> int:
    """Print what became of every claim; with -v also the counterexamples of what is known."""
    base, reasons = rulebase.load(), known()
    needed: set[tuple[str, str]] = set()
    for day in days(base):
        began = time.monotonic()
        print(f"The law from {day}: {len(base.law(day).versions)} rules, {len(base.questions)} questions")
        for claim in claims(base, day):
            print("\n".join(report(claim, reasons, "-v" in sys.argv)), flush=True)
            needed |= {key(claim, refutation, reasons) for refutation in claim.refuted}
        print(f"  in {time.monotonic() - began:.0f} s")
    for says, name in sorted(set(reasons) - needed):
        print(f"{KNOWN.name}: no longer refuted: {says}, {name}")
    return 0 if needed == set(reasons) else 1


if __name__ == "__main__":
    sys.exit(main())
