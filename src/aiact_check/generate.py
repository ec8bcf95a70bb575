"""Generated files, checked in: `python -m aiact_check.generate` writes them, `--check` says which are out of date."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from aiact_check.answering import editor, form, schema
from aiact_check.assessing import assessment
from aiact_check.drafting import forms
from aiact_check.law import rulebase
from aiact_check.law.lawbook import RuleBase
from aiact_check.reviewing import timetable
from aiact_check.text import Text, data_folder, sentences

CATALOGUE = "src/aiact_check/locale/fr/LC_MESSAGES/aiact-check.mo"
SPOKEN = ("cli.help.", "cli.click.")
"""The sentences of words.yaml that the command line looks up by their English."""


def files(base: RuleBase) -> Iterator[tuple[str, bytes]]:
    """Every generated file: its path from the top of the checkout, and its bytes."""
    yield from ((path, text.encode()) for path, text in _texts(base))
    yield CATALOGUE, catalogue()


def _texts(base: RuleBase) -> Iterator[tuple[str, str]]:
    for name, content in schema.editors().items():
        yield f"rules/schema/{name}", schema.written(content)
    yield f"questionnaires/{form.SCHEMA}", schema.written(editor.answers(base))
    yield "reports/assessment.schema.json", schema.written(assessment.schema())
    yield "reports/draft.schema.json", schema.written(forms.schema())
    yield "questionnaires/blank.en.yaml", form.blank(base, "en")
    yield "questionnaires/blank.fr.yaml", form.blank(base, "fr")
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
