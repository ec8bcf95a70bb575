"""Conditions as sentences, in both languages: the fold a reader reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from aiact_check.law.asked import Question
from aiact_check.law.condition import Condition, Test, fold
from aiact_check.law.model import Rule
from aiact_check.record import unique
from aiact_check.text import Language, Text

WORDS: Mapping[str, Text] = {
    "yes": Text("yes", "oui"),
    "no": Text("no", "non"),
    "and": Text(" and ", " et "),
    "or": Text(" or ", " ou "),
    "not": Text("it is not so that ", "il n'est pas vrai que "),
    "at_least": Text("at least ", "au moins "),
    "below": Text("below ", "moins de "),
    "before": Text("before ", "avant le "),
    "on_or_after": Text("on or after ", "à compter du "),
    "always": Text("always", "toujours"),
    "colon": Text(": ", " : "),
}


def both(make: Callable[[Language], str]) -> Text:
    """The same sentence made in each language."""
    return Text(make("en"), make("fr"))


def word(key: str, lang: Language) -> str:
    """One of the fixed words of conditions."""
    return str(getattr(WORDS[key], lang))


@unique
class Sentence:
    """The algebra that writes a condition out."""

    rules: Mapping[str, Rule]
    questions: Mapping[str, Question]
    lang: Language

    def of(self, condition: Condition | None) -> str:
        """The sentence; of no condition, that it always holds."""
        return fold(condition, self) if condition else word("always", self.lang)

    def rule(self, rule_id: str) -> str:
        """A rule by its title."""
        return f"« {getattr(self.rules[rule_id].title, self.lang)} »"

    def test(self, test: Test) -> str:
        """A comparison as `label: what it is compared with`."""
        question = self.questions[test.fact]
        label = getattr(question.label, self.lang)
        return f"{label}{word('colon', self.lang)}{self.operand(question, test)}"

    def operand(self, question: Question, test: Test) -> str:
        """What an answer is compared with."""
        if test.operator == "is":
            return word("yes", self.lang)
        if test.operator in ("one_of", "has"):
            choices = [test.operand] if isinstance(test.operand, str) else test.operand
            return word("or", self.lang).join(getattr(question.choices[choice], self.lang) for choice in choices)
        return f"{word(test.operator, self.lang)}{test.operand}"

    def all(self, parts: list[str]) -> str:
        """Parts joined by and."""
        return self._joined(parts, "and")

    def any(self, parts: list[str]) -> str:
        """Parts joined by or."""
        return self._joined(parts, "or")

    def negate(self, part: str) -> str:
        """A part denied."""
        return f"{word('not', self.lang)}({part})"

    def _joined(self, parts: list[str], key: str) -> str:
        joined = word(key, self.lang).join(parts)
        return f"({joined})" if len(parts) > 1 else joined
