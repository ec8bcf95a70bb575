"""A claim, what refutes it, and the shortest questionnaires that show so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import z3

from aiact_check.law.evaluate import Answers
from tools.prove.terms import Form


@dataclass(frozen=True)
class Refutation:
    """What a claim fails for, and how to find a short questionnaire that shows it, or two."""

    says: str
    shown_by: Callable[[], tuple[Answers, ...]] = tuple


@dataclass(frozen=True)
class Claim:
    """A claim, over how many things it was proved, and where it fails."""

    says: str
    count: int
    refuted: list[Refutation] = field(default_factory=list)


def shortest(solver: Any, forms: list[Form], terms: list[Any]) -> tuple[Answers, ...]:
    """Questionnaires for which these terms hold, with few answers: none can be left out by itself."""
    kept = list(terms)
    for answered in (asked for form in reversed(forms) for asked in form.answered.values()):
        if solver.check(*kept, z3.Not(answered)) == z3.sat:
            kept.append(z3.Not(answered))
    assert solver.check(*kept) == z3.sat
    model = solver.model()
    return tuple(form.read(model) for form in forms)
