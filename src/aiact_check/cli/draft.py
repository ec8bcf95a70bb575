"""`aiact-check draft`: drafts for authorities and people, filled from a questionnaire."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from aiact_check.cli import spoken
from aiact_check.cli.common import (
    as_of_option,
    day_asked,
    force_option,
    lang_option,
    language,
    load,
)
from aiact_check.cli.spoken import echo, pour, say
from aiact_check.cli.writing import beside, refuse_existing, write
from aiact_check.text import Language, phrase, said

if TYPE_CHECKING:
    from datetime import datetime

    from aiact_check.answering.answers import Questionnaire
    from aiact_check.law.lawbook import RuleBase
    from aiact_check.wording.view import View

FORMATS = ("docx", "md")
PRINTED = Path("-")


@spoken.command()
@spoken.argument("answers", type=click.Path(path_type=Path))
@spoken.argument("kind", required=False)
@spoken.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Where to write: .docx or .md; - prints Markdown."
)
@spoken.option("--list", "listing", is_flag=True, help="List the kinds: those owed, those in doubt, the others.")
@lang_option
@as_of_option
@force_option
def draft(
    answers: Path,
    kind: str | None,
    output: Path | None,
    listing: bool,
    lang: str | None,
    as_of: datetime | None,
    force: bool,
) -> None:
    """Write a draft of KIND, such as declaration, filled from the questionnaire ANSWERS.

    Without a KIND, lists the kinds that concern this system and those that do not.
    """
    from aiact_check.drafting import forms
    from aiact_check.law.lawbook import nearest

    if kind is not None and kind not in forms.kinds():
        near = nearest(kind, forms.kinds())
        key = "cli.says.no_draft_but" if near else "cli.says.no_draft"
        raise click.UsageError(say(key, kind=kind, near=near, kinds=", ".join(forms.kinds())))
    writes = kind is not None and not listing
    target = _target(answers, kind or "", output) if writes else PRINTED
    refuse_existing([target] if target != PRINTED else [], force)
    base, told = load(answers, lang)

    from aiact_check.assessing import document
    from aiact_check.wording.view import View

    tongue = language(lang, told.lang)
    view = View(document.assess(base, told, day_asked(base, as_of), tongue, full=True), tongue)
    if not writes:
        _list(base, told, view, answers)
        return
    content = _made(base, told, view, kind or "", target)
    if target == PRINTED:
        pour(content)
        return
    write(target, content)
    echo(str(target))


def _target(answers: Path, kind: str, output: Path | None) -> Path:
    if output is None:
        return beside(answers, f"{kind}.docx")
    if output != PRINTED and output.suffix.lower().removeprefix(".") not in FORMATS:
        raise click.UsageError(say("cli.says.draft_suffix", file=output, forms=", ".join(FORMATS)))
    return output


def _made(base: RuleBase, told: Questionnaire, view: View, kind: str, target: Path) -> bytes:
    from aiact_check.drafting import draft as drafts
    from aiact_check.drafting import forms, standing

    form = forms.load(kind)
    made = drafts.draft(base, view, form, standing.standing(base, told, view, form))
    if target.suffix.lower() == ".docx":
        from aiact_check.drafting import draft_docx

        return draft_docx.docx(made, view.lang)
    from aiact_check.drafting import draft_markdown

    return draft_markdown.markdown(made, view.lang).encode()


def _list(base: RuleBase, told: Questionnaire, view: View, answers: Path) -> None:
    """Print the kinds with their titles: those owed, those in doubt, the others with the reason."""
    from aiact_check.drafting import forms, standing
    from aiact_check.wording.typeset import wrapped

    lang: Language = view.lang
    found = [(kind, form := forms.load(kind), standing.standing(base, told, view, form)) for kind in forms.kinds()]
    for group in ("owed", "depends", "other"):
        states = [group] if group != "other" else ["exempt", "not-owed", "not-yet", "gone"]
        mine = [entry for entry in found if entry[2].state in states]
        if mine:
            echo(said(phrase(f"draft.list.{group}"), lang) + str(view.w["colon"]).rstrip())
        for kind, form, stands in mine:
            echo(f"  {kind:<24}{view.t(said(form.title, lang))}")
            for line in stands.says:
                echo("\n".join(wrapped(line, "    ")))
    echo(said(phrase("draft.list.how", file=answers), lang))
