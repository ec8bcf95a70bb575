"""`make prove`: every claim, for the law of every day on which it changes. Exits with 1 where one is refuted."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import yaml
from aiact_check import rulebase
from aiact_check.lawbook import RuleBase

from tools.prove.claims import Claim, Complete, safety
from tools.prove.terms import as_yaml

KNOWN = Path(__file__).parent / "known.yaml"


def days(base: RuleBase) -> list[date]:
    """The days on which the law changes; on any other it is as on the last of them."""
    changes = {start for rule in base.rules.values() for start in rule.versions}
    changes |= {start for milestone in base.milestones.values() for start in milestone.versions}
    return [date.fromisoformat(start) for start in sorted(changes)]


def claims(base: RuleBase, day: date) -> Iterator[Claim]:
    """All claims about the law of a day."""
    yield from Complete(base, day).claims()
    yield safety(base, day)


def known() -> dict[tuple[str, str], str]:
    """Why a claim is right all the same, by the claim and what it is refuted for."""
    found = yaml.safe_load(KNOWN.read_text(encoding="utf-8"))
    return {(says, name): reason for says, reasons in found.items() for name, reason in reasons.items()}


def report(claim: Claim, reasons: dict[tuple[str, str], str]) -> Iterator[str]:
    """The lines that say what became of a claim."""
    new = [refutation for refutation in claim.refuted if (claim.says, refutation.says) not in reasons]
    yield f"  {'REFUTED' if new else 'proved '} {claim.says} ({claim.count - len(claim.refuted)} of {claim.count})"
    for refutation in claim.refuted:
        reason = reasons.get((claim.says, refutation.says))
        yield f"      not {refutation.says}{': ' + reason if reason else ''}"
        if refutation not in new:
            continue
        for number, answers in enumerate(refutation.shown_by, 1):
            yield f"      # counterexample {number} of {len(refutation.shown_by)}"
            yield from (f"      {line}" for line in as_yaml(answers).splitlines())


def main() -> int:
    """Print what became of every claim."""
    base, reasons = rulebase.load(), known()
    needed: set[tuple[str, str]] = set()
    failed = False
    for day in days(base):
        began = time.monotonic()
        print(f"The law from {day}: {len(base.law(day).versions)} rules, {len(base.questions)} questions")
        for claim in claims(base, day):
            print("\n".join(report(claim, reasons)), flush=True)
            found = {(claim.says, refutation.says) for refutation in claim.refuted}
            needed |= found
            failed = failed or not found <= set(reasons)
        print(f"  in {time.monotonic() - began:.0f} s")
    for says, name in sorted(set(reasons) - needed):
        print(f"{KNOWN.name}: no longer refuted: {says}, not {name}")
    return 1 if failed or set(reasons) - needed else 0


if __name__ == "__main__":
    sys.exit(main())
