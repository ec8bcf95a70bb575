"""A draft as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from aiact_check.drafting.sections import Draft, Line, Section
from aiact_check.text import Language, phrase, said
from aiact_check.wording.printing import as_markdown
from aiact_check.wording.typeset import joined, typeset, words


def markdown(draft: Draft, lang: Language) -> str:
    """The draft as Markdown; gaps are bold, and nothing in a text is markup."""
    colon = typeset(words(lang)["colon"], lang)
    lines = [f"# {as_markdown(draft.mark)}{colon}{as_markdown(draft.title)}", ""]
    lines += [f"**{as_markdown(draft.system)}**, {as_markdown(draft.company)}", ""]
    lines += [f"> {as_markdown(text)}\n>" for text in [*draft.head, *draft.standing.says]]
    lines += ["", f"## {_word('fields', lang)}", ""]
    lines += [
        f"| | {_word('part', lang)} | {_word('provision', lang)} | {_word('who', lang)} | {_word('progress', lang)} |",
        "| --- " * 5 + "|",
    ]
    for number, section in enumerate(draft.sections, 1):
        cells = [str(number), section.title, joined((cite for cite, _ in section.cites), lang), section.who]
        lines.append(
            "| " + " | ".join(as_markdown(cell) for cell in [*cells, _word(f"state.{section.state}", lang)]) + " |"
        )
    for number, section in enumerate(draft.sections, 1):
        lines += ["", f"## {number}. {as_markdown(section.title)}", "", *_section(section, lang)]
    return "\n".join(lines) + "\n"


def _word(key: str, lang: Language) -> str:
    return typeset(said(phrase(f"draft.{key}"), lang), lang)


def _section(section: Section, lang: Language) -> Iterator[str]:
    cited = joined((f"[{as_markdown(cite)}](<{eli}>)" for cite, eli in section.cites), lang)
    yield f"*{cited} · {as_markdown(section.who)}*"
    yield ""
    if section.guidance:
        yield f"*{as_markdown(_word('guidance', lang).format(says=section.guidance))}*"
        yield ""
    if section.gone:
        yield f"~~{as_markdown(section.title)}~~ {as_markdown(section.gone)}"
    for line in section.lines:
        yield f"- {_line(line, typeset(words(lang)['colon'], lang))}"


def _line(line: Line, colon: str) -> str:
    label = f"{as_markdown(line.label)}{colon}" if line.label else ""
    text = as_markdown(line.text)
    note = f" ({as_markdown(line.note)})" if line.note else ""
    match line.kind:
        case "gap":
            return f"{label}**{text}**"
        case "says":
            return str(text)
    return f"{label}{text}{note}"
