"""Which points of a proof a reader needs: its parts that decide, without the steps that say nothing. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from aiact_check.law.proof import Proof
from aiact_check.law.truth import Truth

TOGETHER = {("all", Truth.TRUE), ("any", Truth.FALSE)}


@dataclass(frozen=True)
class Point:
    """A proof that is no denial, and whether it was denied where it stands."""

    proof: Proof
    denied: bool = False

    @property
    def together(self) -> bool:
        """Whether all parts are needed for the value; otherwise each part forces it."""
        return (self.proof.shape, self.proof.value) in TOGETHER

    @property
    def answered(self) -> str | None:
        """The question of a test that an answer decides."""
        test = self.proof.test
        return test.fact if test and self.proof.answered and self.proof.value is not Truth.UNKNOWN else None

    @property
    def idle(self) -> bool:
        """Whether this is a test of a question that does not arise."""
        return self.proof.test is not None and not self.proof.answered and self.proof.value is not Truth.UNKNOWN


def point_of(proof: Proof) -> Point:
    """A proof without the steps that say nothing: a denial, which is remembered; a group of which one part decides."""
    denied = False
    while proof.shape == "not" or (proof.shape in ("all", "any") and len(proof.deciding()) == 1):
        denied ^= proof.shape == "not"
        proof = proof.deciding()[0]
    return Point(proof, denied)


def items_of(point: Point, *, all_of_them: bool = False) -> list[list[Point]]:
    """The parts that decide, short ones first; the tests that one answer decides together.

    A question that does not arise, for a reason that stands beside it and decides by itself, is left out unless
    `all_of_them` are asked for.
    """
    parts = [point] if point.proof.test else _parts(point)
    parts = sorted(parts, key=lambda part: (part.proof.test is None, len(_facts(part.proof))))
    found: dict[str | int, list[Point]] = {}
    for place, part in enumerate(parts):
        found.setdefault(part.answered or place, []).append(part)
    if all_of_them or point.together:
        return list(found.values())
    said = {part.answered for part in parts}
    return [same for same in found.values() if not (same[0].idle and said.issuperset(same[0].proof.why_facts))]


def _parts(point: Point) -> list[Point]:
    """The deciding parts; a group that decides in the same way as the one it stands in gives its own."""
    found = []
    for part in map(point_of, point.proof.deciding()):
        if part.proof.shape in ("all", "any") and part.proof.parts and _alike(part, point):
            found += _parts(part)
        else:
            found.append(part)
    return found


def _alike(part: Point, point: Point) -> bool:
    if part.proof.value is Truth.UNKNOWN:
        return not part.denied and part.proof.shape == point.proof.shape
    return part.together == point.together


def _facts(proof: Proof) -> tuple[str, ...]:
    return proof.why_facts or proof.open_facts
