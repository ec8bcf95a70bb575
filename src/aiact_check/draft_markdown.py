"""A draft as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from aiact_check.draft import Draft, Line, Section
from aiact_check.report import as_markdown
from aiact_check.text import Language, phrase, said
from aiact_check.typeset import typeset


def markdown(draft: Draft, lang: Language) -> str:
    """The draft as Markdown; gaps are bold, and nothing in a text is markup."""

    def word(key: str) -> str:
        return typeset(said(phrase(f"draft.{key}"), lang), lang)

    lines = [f"# {as_markdown(draft.mark)}: {as_markdown(draft.title)}", ""]
    lines += [f"**{as_markdown(draft.system)}**, {as_markdown(draft.company)}", ""]
    lines += [f"> {as_markdown(text)}\n>" for text in [*draft.head, *draft.standing.says]]
    lines += ["", f"## {word('fields')}", ""]
    lines += [f"| | {word('part')} | {word('provision')} | {word('who')} | {word('progress')} |", "| --- " * 5 + "|"]
    for number, section in enumerate(draft.sections, 1):
        cells = [str(number), section.title, "; ".join(cite for cite, _ in section.cites), section.who]
        lines.append("| " + " | ".join(as_markdown(cell) for cell in [*cells, word(f"state.{section.state}")]) + " |")
    for number, section in enumerate(draft.sections, 1):
        lines += ["", f"## {number}. {as_markdown(section.title)}", "", *_section(section, word("guidance"))]
    return "\n".join(lines) + "\n"


def _section(section: Section, guidance: str) -> Iterator[str]:
    cited = "; ".join(f"[{as_markdown(cite)}](<{eli}>)" for cite, eli in section.cites)
    yield f"*{cited} · {as_markdown(section.who)}*"
    yield ""
    if section.guidance:
        yield f"*{as_markdown(guidance.format(says=section.guidance))}*"
        yield ""
    if section.gone:
        yield f"~~{as_markdown(section.title)}~~ {as_markdown(section.gone)}"
    for line in section.lines:
        yield f"- {_line(line)}"


def _line(line: Line) -> str:
    label = f"{as_markdown(line.label)}: " if line.label else ""
    text = as_markdown(line.text)
    note = f" ({as_markdown(line.note)})" if line.note else ""
    match line.kind:
        case "gap":
            return f"{label}**{text}**"
        case "says":
            return str(text)
    return f"{label}{text}{note}"
