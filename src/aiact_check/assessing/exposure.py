"""The ceilings of fines that stand behind the duties of a verdict. Amounts in euros. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from aiact_check.assessing.bench import Bench
from aiact_check.assessing.parts import Duty, Penalty
from aiact_check.law.truth import Truth


def penalties(bench: Bench, duties: list[Duty]) -> Iterator[Penalty]:
    """The ceilings for the duties found, and those that stand behind every duty."""
    for_these = {bench.law.versions[duty.rule.id].penalty for duty in duties}
    for_some = {version.penalty for version in bench.law.versions.values()}
    for rule in bench.rules("penalty"):
        version = bench.law.versions[rule.id]
        if not duties or (rule.id in for_some and rule.id not in for_these):
            continue
        amount, percent = version.amount_eur or 0, version.turnover_percent or 0
        turnover = _turnover(bench, version.turnover) if version.turnover else None
        lower_if, instead = version.lower_if, version.instead
        if instead and bench.exact(instead.when) is Truth.TRUE:
            amount, percent, turnover, lower_if = instead.amount_eur, 0, 0, None
        else:
            instead = None
        share = turnover * percent // 100 if turnover is not None else None
        lower = bench.exact(lower_if) if lower_if else Truth.FALSE
        low, high = (min(amount, share), max(amount, share)) if share is not None else (None, None)
        certain = {Truth.TRUE: low, Truth.FALSE: high, Truth.UNKNOWN: low if low == high else None}
        yield Penalty(
            rule=rule,
            amount=amount,
            percent=percent,
            turnover=turnover,
            share=share,
            lower=lower,
            ceiling=certain[lower],
            why=bench.prove(lower_if) if lower_if else None,
            instead=instead,
        )


def _turnover(bench: Bench, fact: str) -> int | None:
    """The turnover in euros: none where the question does not arise, None where it is not known."""
    answer = bench.answers.get(fact)
    gate = bench.law.questions[fact].asked_if
    if answer is None and gate and bench.exact(gate) is Truth.FALSE:
        return 0
    return answer if isinstance(answer, int) else None
