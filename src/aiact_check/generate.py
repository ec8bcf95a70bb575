"""Generated files, checked in: `python -m aiact_check.generate` writes them, `--check` says which are out of date."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from aiact_check import form, rulebase, schema, timetable
from aiact_check.lawbook import RuleBase
from aiact_check.text import data_folder


def files(base: RuleBase) -> Iterator[tuple[str, str]]:
    """Every generated file: its path from the top of the checkout, and its text."""
    for name, content in schema.editors().items():
        yield f"rules/schema/{name}", schema.written(content)
    yield f"questionnaires/{form.SCHEMA}", schema.written(schema.answers(base))
    yield "reports/assessment.schema.json", schema.written(schema.assessment())
    yield "questionnaires/blank.en.yaml", form.blank(base, "en")
    yield "questionnaires/blank.fr.yaml", form.blank(base, "fr")
    yield "docs/calendar.md", timetable.page(base)


def main() -> int:
    """Write the generated files, or with --check say which are out of date."""
    top = data_folder()
    stale = [(path, text) for path, text in files(rulebase.load()) if _read(top / path) != text]
    if "--check" in sys.argv[1:]:
        for path, _ in stale:
            print(f"{path} is out of date: run python -m aiact_check.generate")
        return 1 if stale else 0
    for path, text in stale:
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_text(text, encoding="utf-8")
        print(f"wrote {path}")
    return 0


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    raise SystemExit(main())
