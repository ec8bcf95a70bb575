"""Generated files, checked in: `python -m aiact_check.generate` writes them, `--check` says which are out of date."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from aiact_check import editor, forms, rulebase, schema, timetable
from aiact_check.lawbook import RuleBase
from aiact_check.model import Question
from aiact_check.text import Language, Text, data_folder, sentences

WIDTH = 100
CATALOGUE = "src/aiact_check/locale/fr/LC_MESSAGES/aiact-check.mo"
SPOKEN = ("cli.help.", "cli.click.")
"""The sentences of words.yaml that the command line looks up by their English."""


def files(base: RuleBase) -> Iterator[tuple[str, bytes]]:
    """Every generated file: its path from the top of the checkout, and its bytes."""
    yield from ((path, text.encode()) for path, text in _texts(base))
    yield CATALOGUE, catalogue()


def _texts(base: RuleBase) -> Iterator[tuple[str, str]]:
    for name, content in schema.editors().items():
        yield f"rules/schema/{name}", _json(content)
    yield "questionnaires/answers.schema.json", _json(editor.answers(base))
    yield "reports/assessment.schema.json", _json(schema.assessment())
    yield "reports/draft.schema.json", _json(forms.schema())
    yield "questionnaires/blank.en.yaml", blank(base, "en")
    yield "questionnaires/blank.fr.yaml", blank(base, "fr")
    yield "docs/calendar.md", timetable.page(base)


def catalogue() -> bytes:
    """What the command line says in French, by the English it is written in, as gettext reads it."""
    import polib

    spoken = {key: text for key, text in sentences().items() if key.startswith(SPOKEN)}
    found = polib.MOFile()
    found.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=2; plural=(n > 1);"}
    for english, french in dict(_entries(spoken)).items():
        one, *many = english
        forms = dict(enumerate(french))
        plural = {"msgid_plural": many[0], "msgstr_plural": forms} if many else {"msgstr": french[0]}
        found.append(polib.MOEntry(msgid=one, **plural))
    return bytes(found.to_binary())


def _entries(spoken: Mapping[str, Text]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Sentences in English and French: one form, or two where they count."""
    for key, text in spoken.items():
        if key.endswith(".one"):
            many = spoken[key.removesuffix("one") + "many"]
            yield (text.en, many.en), (text.fr, many.fr)
        elif not key.endswith(".many"):
            yield (text.en,), (text.fr,)


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


HEAD: dict[Language, str] = {
    "en": """\
# Describe your AI system here, then run: aiact-check assess FILE
# Leave a line as it is, or write `unknown`, where you do not know: unknown is neither yes nor no.
# An answer may say more:  question: {{ answer: true, note: why, by: who, on: 2026-11-23 }}
# {count} questions; most do not arise for most systems ("only if").
""",
    "fr": """\
# Décrivez ici votre système d'IA, puis lancez : aiact-check assess FICHIER
# Laissez une ligne telle quelle, ou écrivez `unknown`, quand vous ne savez pas : ce n'est ni oui ni non.
# Une réponse peut en dire plus :  question: {{ answer: true, note: pourquoi, by: qui, on: 2026-11-23 }}
# {count} questions ; la plupart ne se posent pas pour la plupart des systèmes (« seulement si »).
""",
}
FORM: dict[Language, dict[str, str]] = {
    "en": {"yes_no": "true, false or unknown", "choice": "one of:", "choices": "a list of any of these, [] for none:",
           "number": "a whole number", "date": "a date, as 2026-11-23", "only_if": "only if",
           "company": "your company", "system": "your system", "description": "what it does, for whom"},
    "fr": {"yes_no": "true (oui), false (non) ou unknown", "choice": "un seul choix parmi :",
           "choices": "une liste de choix parmi, [] si aucun :", "number": "un nombre entier",
           "date": "une date, comme 2026-11-23", "only_if": "seulement si", "company": "votre entreprise",
           "system": "votre système", "description": "ce qu'il fait, pour qui"},
}  # fmt: skip


def blank(base: RuleBase, lang: Language) -> str:
    """A blank questionnaire, valid as it is: every question with its help, nothing answered."""
    from aiact_check.prose import Sentence

    form = FORM[lang]
    lines = [
        "# yaml-language-server: $schema=answers.schema.json",
        *HEAD[lang].format(count=len(base.questions)).splitlines(),
    ]
    lines += [f"lang: {lang}", f'company: {{ name: "{form["company"]}" }}']
    lines += [f'system: {{ name: "{form["system"]}", description: "{form["description"]}" }}', "answers:"]
    sentence = Sentence(base.rules, base.questions, lang)
    group = None
    for fact, question in base.questions.items():
        if base.group_of[fact] != group:
            group = base.group_of[fact]
            lines += ["", f"  # ── {getattr(base.groups[group].title, lang)} ──"]
        lines += ["", *_comment(getattr(question.ask, lang)), *_comment(getattr(question.help, lang))]
        if question.asked_if:
            lines += _comment(f"({form['only_if']} {sentence.of(question.asked_if)})")
        lines += [*_comment(form[question.type]), *_choices(question, lang), f"  {fact}:"]
    return "\n".join(lines) + "\n"


def _choices(question: Question, lang: Language) -> Iterator[str]:
    for choice, label in question.choices.items():
        first, *rest = _comment(f"{choice}: {getattr(label, lang)}")
        yield first.replace("# ", "#   - ", 1)
        yield from (line.replace("# ", "#     ", 1) for line in rest)


def _comment(text: str) -> list[str]:
    from textwrap import wrap

    return [f"  # {line}" for line in wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)]


def main() -> int:
    """Write the generated files, or with --check say which are out of date."""
    top = data_folder()
    stale = [(path, content) for path, content in files(rulebase.load()) if _read(top / path) != content]
    if "--check" in sys.argv[1:]:
        for path, _ in stale:
            print(f"{path} is out of date: run python -m aiact_check.generate")
        return 1 if stale else 0
    for path, content in stale:
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_bytes(content)
        print(f"wrote {path}")
    return 0


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


if __name__ == "__main__":
    raise SystemExit(main())
