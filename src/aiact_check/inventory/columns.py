"""What a column of a table is about, and what its cells answer. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from aiact_check.law.asked import Question
from aiact_check.law.lawbook import UNKNOWN, RuleBase, nearest
from aiact_check.reading import meant
from aiact_check.reading.vocabulary import SYSTEM, TOP
from aiact_check.text import LANGUAGES, Language, Text, phrase, said

SEVERAL = re.compile(r"\s*[;\n]\s*")
ABOUT = ("name", "version", "description", "supplier", "owner", "company", "place", "by", "on", "lang")
"""The columns that are no question: of the system, of the company, of who answered, and the language."""
OF_SYSTEM = ABOUT[:5]
_OF_THE_TOP = {"system": "name", "company": "company", "by": "by", "on": "on", "lang": "lang"}


@dataclass(frozen=True)
class Headings:
    """The headings a table may have: ids of questions, their short names or the questions themselves."""

    base: RuleBase

    def column(self, heading: str) -> str | None:
        """The question, or the word of `ABOUT`, that a heading stands for."""
        if heading in self.base.questions or heading in ABOUT:
            return heading
        return self._said.get(_key(heading))

    def hint(self, heading: str) -> Text:
        """What to write instead of a heading that nobody knows."""
        near = nearest(heading, [*self.base.questions, *ABOUT], 0.7)
        near = near or self._said.get(nearest(_key(heading), self._said, 0.7) or "")
        return phrase("problems.did_you_mean", word=near) if near else phrase("inventory.headings_hint")

    def shown(self, column: str, lang: Language) -> str:
        """A heading in words: the short name of a question, or all of it where another has the same name."""
        if column in ABOUT:
            return said(phrase(f"inventory.heading.{column}"), lang)
        label = said(self.base.questions[column].label, lang)
        shown = label if self._said.get(_key(label)) == column else said(self.base.questions[column].ask, lang)
        return shown[0].upper() + shown[1:]

    def answer(self, fact: str, cell: Any) -> Any:
        """What a cell answers, as a questionnaire would write it; a cell that cannot be taken, as it is."""
        question, known = self.base.questions[fact], self._choices[fact]
        if isinstance(cell, str):
            cell = cell.strip()
        if cell is None or cell == "":
            return None
        if question.type == "choices":
            return _several(known, cell)
        if isinstance(cell, (bool, dict, list)):
            return cell
        if known and (found := known.get(_key(cell))):
            return found
        if isinstance(cell, str) and meant.nothing(cell) == UNKNOWN:
            return UNKNOWN
        return TAKEN.get(question.type, written)(cell)

    @cached_property
    def _choices(self) -> Mapping[str, Mapping[str, str]]:
        return {fact: _choices(question) for fact, question in self.base.questions.items()}

    @cached_property
    def _said(self) -> Mapping[str, str]:
        """Columns by what they are called, in either language, where only one is called so."""
        names = [(_key(word), column) for column, word in self._names()]
        told = {**{_key(word): column for word, column in SYSTEM.items() if column in ABOUT}}
        told |= {_key(word): _OF_THE_TOP[part] for word, part in TOP.items() if part in _OF_THE_TOP}
        told |= {_key(getattr(phrase(f"inventory.heading.{column}"), lang)): column
                 for column in ABOUT for lang in LANGUAGES}  # fmt: skip
        several = Counter(name for name, _ in dict.fromkeys(names))
        return {name: column for name, column in names if several[name] == 1 and name not in told} | told

    def _names(self) -> list[tuple[str, str]]:
        questions = self.base.questions.items()
        return [(fact, getattr(text, lang)) for fact, question in questions for text in (question.label, question.ask)
                for lang in LANGUAGES]  # fmt: skip


def _key(word: object) -> str:
    """A text as headings and choices are compared: semicolons are spaced by language."""
    return re.sub(r"\s*([;:?!])\s*", r"\1", meant.plain(word)).rstrip("?!")


def written(cell: Any) -> Any:
    """A cell as text; a workbook has whole numbers as fractions."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell if isinstance(cell, (str, dict, list)) else str(cell)


def _choices(question: Question) -> Mapping[str, str]:
    """The choices of a question by their ids and labels."""
    found: dict[str, str] = {}
    for choice, label in question.choices.items():
        found |= dict.fromkeys((_key(choice), _key(label.en), _key(label.fr)), choice)
    return found


def _several(known: Mapping[str, str], cell: Any) -> Any:
    if isinstance(cell, dict):
        return cell
    if isinstance(cell, list):
        return [_one(known, part) for part in cell]
    text = str(written(cell))
    inside = re.fullmatch(r"\[(.*)\]", text, re.DOTALL)
    if inside:
        return [_one(known, part.strip(" \"'")) for part in re.split("[,;\n]", inside[1]) if part.strip()]
    if _key(text) not in known and (nothing := meant.nothing(text)):
        return UNKNOWN if nothing == UNKNOWN else []
    return _joined(known, [part for part in SEVERAL.split(text) if part])


def _joined(known: Mapping[str, str], parts: list[str]) -> list[Any]:
    """The choices a cell lists; a label may itself have a semicolon in it, so the longest that fits is taken."""
    found: list[Any] = []
    start = 0
    while start < len(parts):
        ends = range(len(parts), start, -1)
        end = next((end for end in ends if _key(";".join(parts[start:end])) in known), start + 1)
        found.append(_one(known, ";".join(parts[start:end])))
        start = end
    return found


def _one(known: Mapping[str, str], part: Any) -> Any:
    found = known.get(_key(part))
    return found or (UNKNOWN if meant.nothing(part) == UNKNOWN else part)


def _yes_no(cell: Any) -> Any:
    yes = meant.yes_no(cell) if isinstance(cell, str) else None
    return written(cell) if yes is None else yes


def _number(cell: Any) -> Any:
    """A number whose digits say all: spaces between them and noughts after the comma change nothing."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    digits = re.sub(r"\s", "", cell) if isinstance(cell, str) else ""
    whole = re.fullmatch(r"(\d{1,40})(?:[.,]0{1,2})?", digits, re.ASCII)
    return int(whole[1]) if whole else cell if isinstance(cell, int) else written(cell)


def _day(cell: Any) -> Any:
    day = written(cell)
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?Z?", day) if isinstance(day, str) else None
    return found[1] if found else day


TAKEN = {"yes_no": _yes_no, "number": _number, "date": _day}
