"""Do two people answer the same way? .venv/bin/python -m benchmarks.filling [--write].

Each round of tests/filled/ holds the questionnaires of people who knew neither rules nor results, filled from the same
descriptions and the blank form of that day. With --write the figures are kept in docs/filling.md.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path

import yaml

from aiact_check.answering import answers
from aiact_check.assessing.parts import Verdict
from aiact_check.assessing.verdict import decide
from aiact_check.law import rulebase
from aiact_check.law.evaluate import Answers
from aiact_check.law.lawbook import RuleBase
from tests import agreement

ROOT = Path(__file__).parent.parent
FILLED = ROOT / "tests" / "filled"
PAGE = ROOT / "docs" / "filling.md"
DAY = date(2026, 11, 23)
WORST = 10


@dataclass
class Measured:
    """What one round came to."""

    name: str
    same: int = 0
    """Pairs with the same headline, decided."""
    open: int = 0
    """Pairs of which one, or both, leave the headline open, while what the other says is still possible."""
    contradictory: list[str] = field(default_factory=list)
    """Pairs of which each decides what the other rules out."""
    differing: Counter[str] = field(default_factory=Counter)
    """Questions that both answered, differently; or that one answered though the other says it does not know."""
    left_open: Counter[str] = field(default_factory=Counter)
    """Questions that decide the class and were left open, over all files."""
    answered: int = 0
    """Answers given, over all files."""
    files: int = 0
    agreeing: int = 0
    """Files that assert nothing against the source of their description."""
    undecided: int = 0
    """Files that leave open what the source says."""
    against: list[str] = field(default_factory=list)


def rounds() -> Iterator[tuple[str, list[Path]]]:
    """Each round with the folders of its people, the earlier first."""
    for name in ("before", "after"):
        people = sorted(folder for folder in (FILLED / name).glob("*") if folder.is_dir())
        if people:
            yield name, people


def measured(base: RuleBase, name: str, people: list[Path]) -> Measured:
    """Compare the people of a round with each other and with the sources."""
    found = Measured(name)
    cases = yaml.safe_load((FILLED / "descriptions.yaml").read_text(encoding="utf-8"))
    read = {(person, blind): _decided(base, person / f"{blind}.yaml") for person in people for blind in cases}
    for blind, case in cases.items():
        for first, second in combinations(people, 2):
            _compare(found, blind, read[first, blind], read[second, blind])
        for person in people:
            told, verdict = read[person, blind]
            found.files += 1
            found.answered += len(told)
            found.left_open.update(question.fact for question in verdict.open_questions if question.tiers)
            file = next((ROOT / "tests" / "cases").glob(f"*/{case}.yaml"))
            judged = agreement.judge(file, agreement.told(file)[0], told)
            wrong = [*judged.cleared, *judged.burdened]
            found.agreeing += not wrong
            found.undecided += bool(judged.undecided and not wrong)
            found.against += [f"{blind} ({person.name}): {', '.join(wrong)}"] if wrong else []
    return found


def _decided(base: RuleBase, file: Path) -> tuple[Answers, Verdict]:
    told = answers.load(file, base).answers
    return told, decide(base, told, DAY)


def _compare(found: Measured, blind: str, first: tuple[Answers, Verdict], second: tuple[Answers, Verdict]) -> None:
    (told, verdict), (other, against) = first, second
    if verdict.headline == against.headline != "undetermined":
        found.same += 1
    elif set(verdict.possible) & set(against.possible):
        found.open += 1
    else:
        found.contradictory.append(f"{blind} ({verdict.headline} / {against.headline})")
    found.differing.update(fact for fact in told if fact in other and told[fact] != other[fact])


def page(found: list[Measured]) -> str:
    """docs/filling.md."""
    lines = [
        "# Do two people answer the same way?",
        "",
        "Measured by `python -m benchmarks.filling --write`. Two people who knew neither rules nor results filled 64",
        "questionnaires each, from short descriptions and the blank form alone; two others did so again after the",
        "questions were mended. The descriptions stand in tests/filled/descriptions.yaml with the cases they are of.",
        "",
        "| | " + " | ".join(each.name for each in found) + " |",
        "| --- |" + " --- |" * len(found),
    ]
    pairs = {each.name: each.same + each.open + len(each.contradictory) for each in found}
    rows: list[tuple[str, list[str]]] = [
        ("same headline, decided", [f"{each.same} of {pairs[each.name]}" for each in found]),
        ("one or both still open, not contradicting", [str(each.open) for each in found]),
        ("contradictory headlines", [str(len(each.contradictory)) for each in found]),
        ("answers given a file, on average", [f"{each.answered / each.files:.1f}" for each in found]),
        ("answers given differently, in all", [str(each.differing.total()) for each in found]),
        ("files that leave open what the source says", [f"{each.undecided} of {each.files}" for each in found]),
        (
            "files that rule out what the source says",
            [f"{each.files - each.agreeing} of {each.files}" for each in found],
        ),
    ]
    lines += [f"| {title} | " + " | ".join(values) + " |" for title, values in rows]
    for each in found:
        lines += ["", f"## {each.name.capitalize()}", ""]
        lines += [f"Contradictory: {', '.join(each.contradictory) or 'none'}.", ""]
        worst = ", ".join(f"`{fact}` {count}" for fact, count in each.differing.most_common(WORST))
        lines += [f"Answered differently most often: {worst}.", ""]
        left = ", ".join(f"`{fact}` {count}" for fact, count in each.left_open.most_common(WORST))
        lines += [f"Left open most often, of those that decide the class: {left}.", ""]
        lines += [f"Ruling out what the source says: {'; '.join(each.against) or 'none'}."]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and print."""
    base = rulebase.load()
    text = page([measured(base, name, people) for name, people in rounds()])
    print(text)
    if "--write" in sys.argv[1:]:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
