"""A short letter with the open questions that one person knows, to be answered line by line. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiact_check.text import Language, Text, phrase, said
from aiact_check.wording.printing import as_markdown
from aiact_check.wording.speech import Data
from aiact_check.wording.typeset import day, shown, typeset

if TYPE_CHECKING:
    from aiact_check.law.asked import Person, Question
    from aiact_check.law.lawbook import RuleBase

BOX = "☐"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question of a letter: what is asked, what helps, the lines to tick or write on, its key in the file."""

    fact: str
    ask: str
    help: str
    lines: list[str]


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter in one language."""

    lang: Language
    title: str
    company: str
    system: str
    made: str
    """The day asked about."""
    opening: list[str]
    asked: list[Asked]
    closing: list[str]
    footer: str


def letter(base: RuleBase, document: Data, who: Person, lang: Language) -> Letter:
    """The letter to `who` with the open questions that they usually know; it may have none."""
    system, company = shown(document["system"]["name"]), shown(document["company"]["name"])
    acts = ", ".join(act["short"][lang] for act in document["law"]["acts"])
    asked = [
        _asked(base.questions[question["fact"]], question["fact"], lang)
        for question in document["open_questions"]
        if who in base.known_by(question["fact"])
    ]

    def say(key: str, **slots: Any) -> str:
        return typeset(said(phrase(f"letter.{key}"), lang), lang).format(**slots)

    return Letter(
        lang=lang,
        title=say("title", system=system),
        company=company,
        system=system,
        made=document["as_of"],
        opening=[say("greeting"), say("why", company=company, system=system, acts=acts), say("how")],
        asked=asked,
        closing=[say("answered"), say("thanks"), say("no_advice")],
        footer=say("footer", company=company, day=day(document["as_of"], lang)),
    )


def _asked(question: Question, fact: str, lang: Language) -> Asked:
    def t(text: Text) -> str:
        return typeset(said(text, lang), lang)

    return Asked(fact=fact, ask=t(question.ask), help=t(question.help), lines=[t(line) for line in _lines(question)])


def _lines(question: Question) -> Iterator[Text]:
    """The lines on which a question is answered: not knowing is one of them."""
    if question.type == "yes_no":
        yield from (_ticked(phrase("answer.yes")), _ticked(phrase("answer.no")))
    yield from (_ticked(label) for label in question.choices.values())
    match question.type:
        case "choices":
            yield _ticked(phrase("answer.none"))
            yield _ticked(phrase("interview.perhaps"))
        case "number":
            yield phrase("letter.number", unit=question.unit or Text("", ""))
            yield _ticked(phrase("interview.dont_know"))
        case "date":
            yield phrase("letter.date")
            yield _ticked(phrase("interview.dont_know"))
        case _:
            yield _ticked(phrase("interview.dont_know"))
    yield phrase("letter.remark")


def _ticked(label: Text) -> Text:
    return Text(f"{BOX} {label.en}", f"{BOX} {label.fr}")


def markdown(found: Letter) -> str:
    """The letter as Markdown; nothing in a text is markup."""
    lines = [f"# {as_markdown(found.title)}", ""]
    for text in found.opening:
        lines += [str(as_markdown(text)), ""]
    for number, asked in enumerate(found.asked, 1):
        lines += [f"## {number}. {as_markdown(asked.ask)}", "", f"*{as_markdown(asked.help)}*", ""]
        lines += [f"- {as_markdown(line)}" for line in asked.lines]
        lines += ["", f"`{asked.fact}`", ""]
    for text in found.closing:
        lines += [str(as_markdown(text)), ""]
    return "\n".join(lines)


def docx(found: Letter) -> bytes:
    """The letter as a Word document: a heading a question, its lines kept on one page where they fit."""
    import docx as word

    from aiact_check.drafting.paper import Sheet, clean, settle, small, written

    document = word.Document()
    sheet = Sheet(title=found.title, company=found.company, system=found.system, made=found.made, footer=found.footer)
    settle(document, sheet, found.lang)
    document.add_heading(clean(found.title), 0)
    for text in found.opening:
        document.add_paragraph(clean(text))
    for number, asked in enumerate(found.asked, 1):
        document.add_heading(clean(f"{number}. {asked.ask}"), 2)
        small(document.add_paragraph(), asked.help, italic=True)
        for line in asked.lines:
            document.add_paragraph(clean(line)).paragraph_format.keep_with_next = True
        small(document.add_paragraph(), asked.fact)
    for text in found.closing:
        document.add_paragraph(clean(text))
    return written(document)
