"""Whether two people answer the questionnaire the same way: .venv/bin/python -m benchmarks.filling [--write].

tests/filled/ holds rounds; in each, two people who knew neither rules nor results filled the same descriptions
independently. Compared are their headlines with one another and with what the sources of the descriptions say.
With --write the figures are kept in docs/filling.md.
"""

import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from aiact_check.answering import answers
from aiact_check.assessing.verdict import Verdict, decide
from aiact_check.law import rulebase
from aiact_check.law.evaluate import Answers
from tests import agreement

ROOT = Path(__file__).parent.parent
FILLED = ROOT / "tests" / "filled"
PAGE = ROOT / "docs" / "filling.md"
WORST = 10


@dataclass(frozen=True)
class Filling:
    """One person's answers to one description, and what they come to."""

    answers: Answers
    verdict: Verdict

    @property
    def possible(self) -> frozenset[str]:
        """The headlines that these answers leave possible."""
        return frozenset(found.tier for found in self.verdict.tiers)


@dataclass(frozen=True)
class Round:
    """One description filled by two people, and the case it was taken from."""

    name: str
    case: agreement.Case
    first: Filling
    second: Filling

    @property
    def contradict(self) -> bool:
        """Whether no headline is possible for both: one decided what the other ruled out."""
        return not self.first.possible & self.second.possible

    @property
    def same(self) -> bool:
        """Whether the headline is the same, decided or open."""
        return self.first.verdict.headline == self.second.verdict.headline

    @property
    def one_open(self) -> bool:
        """Whether one of two different headlines is still open and leaves the other possible."""
        headlines = {self.first.verdict.headline, self.second.verdict.headline}
        return not self.same and not self.contradict and "undetermined" in headlines

    @property
    def differing(self) -> list[str]:
        """The questions that both answered, and otherwise."""
        both = self.first.answers.keys() & self.second.answers.keys()
        return sorted(fact for fact in both if self.first.answers[fact] != self.second.answers[fact])

    @property
    def one_sided(self) -> list[str]:
        """The questions that one answered and the other did not."""
        return sorted(self.first.answers.keys() ^ self.second.answers.keys())


def rounds() -> list[str]:
    """The names of the rounds, oldest first."""
    return sorted(folder.name for folder in FILLED.iterdir() if folder.is_dir())


@cache
def described() -> dict[str, str]:
    """The case from which each description was taken."""
    told: dict[str, str] = yaml.safe_load((FILLED / "descriptions.yaml").read_text(encoding="utf-8"))
    return told


@cache
def filled(name: str) -> list[Round]:
    """A round, description by description."""
    one, other = sorted(folder for folder in (FILLED / name).iterdir() if folder.is_dir())
    cases = {file.stem: file for file in agreement.files()}
    found = []
    for description, case_id in described().items():
        case = agreement.judged(cases[case_id])
        both = (_filling(folder / f"{description}.yaml", case) for folder in (one, other))
        found.append(Round(description, case, *both))
    return found


def _filling(file: Path, case: agreement.Case) -> Filling:
    base = rulebase.load()
    told = answers.load(file, base).answers
    return Filling(told, decide(base, told, case.day))


def agrees(each: Filling, case: agreement.Case) -> bool | None:
    """Whether the answers come to what the source says of tier and headline; None where it says neither."""
    asserts = case.told["asserts"]
    tier, headline = asserts.get("tier"), asserts.get("headline")
    if tier is None and headline is None:
        return None
    if tier == "unclear":
        return each.verdict.headline == "undetermined"
    held = {found.tier for found in each.verdict.tiers if found.finding.value.value == "true"}
    return (tier is None or tier in held) and (headline is None or headline == each.verdict.headline)


def refuses(each: Filling, case: agreement.Case) -> bool:
    """Whether the answers rule out the tier or the headline that the source gives."""
    asserts = case.told["asserts"]
    named = {asserts.get("tier"), asserts.get("headline")} - {None, "unclear", "undetermined"}
    return bool(named) and not named & each.possible


def page() -> Iterator[str]:
    """docs/filling.md."""
    yield "# Whether two people answer the same way"
    yield ""
    yield "Measured by `python -m benchmarks.filling --write`. In each round two people who knew neither rules nor"
    yield "results filled the blank questionnaire, independently, for the same short descriptions of systems whose"
    yield "outcome a source states. Contradictory: no headline is possible for both. An open headline is not a mistake:"
    yield "a description says little."
    yield ""
    yield "| round | descriptions | same headline | one of them open | other headline | contradictory | as the source says | source ruled out | left open (median) | answered (median) |"  # noqa: E501
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    for name in rounds():
        yield _row(name, filled(name))
    for name in rounds():
        yield from _worst(name, filled(name))


def _row(name: str, found: list[Round]) -> str:
    both = [(filling, each.case) for each in found for filling in (each.first, each.second)]
    said = [agrees(filling, case) for filling, case in both]
    open_left = [len(filling.verdict.open_questions) for filling, _ in both]
    cells = [
        name,
        len(found),
        sum(each.same for each in found),
        sum(each.one_open for each in found),
        sum(not each.same and not each.one_open for each in found),
        sum(each.contradict for each in found),
        f"{sum(value is True for value in said)} of {sum(value is not None for value in said)}",
        sum(refuses(filling, case) for filling, case in both),
        f"{statistics.median(open_left):g}",
        f"{statistics.median(len(filling.answers) for filling, _ in both):g}",
    ]
    return f"| {' | '.join(map(str, cells))} |"


def _worst(name: str, found: list[Round]) -> Iterator[str]:
    counted = Counter(fact for each in found for fact in each.differing)
    lone = Counter(fact for each in found for fact in each.one_sided)
    yield from ("", f"## {name}", "", "Answered differently most often:", "")
    yield from (f"- `{fact}`: {count}" for fact, count in counted.most_common(WORST))
    yield from ("", "Answered by one of the two only, most often:", "")
    yield from (f"- `{fact}`: {count}" for fact, count in lone.most_common(WORST))
    yield from ("", "Different headlines:", "")
    for each in found:
        if not each.same:
            mark = ", contradictory" if each.contradict else ""
            headlines = f"{each.first.verdict.headline} / {each.second.verdict.headline}{mark}"
            yield f"- {each.name} ({each.case.file.stem}): {headlines}; differing: {', '.join(each.differing) or 'none'}"


def main() -> None:
    """Measure and print."""
    text = "\n".join(page()) + "\n"
    print(text)
    if "--write" in sys.argv[1:]:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
