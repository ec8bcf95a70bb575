"""The rule base is whole, bilingual and grounded; generated files are current; no law lives in Python."""

from __future__ import annotations

import ast
import json
import re
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml

from aiact_check import generate
from aiact_check.answering import editor, schema
from aiact_check.assessing import assessment
from aiact_check.law.evaluate import Values
from aiact_check.law.lawbook import RuleBase, normalise
from aiact_check.law.lint import check
from aiact_check.reading.problem import Problems
from tests.conftest import TOP

SOURCE = sorted((TOP / "src" / "aiact_check").rglob("*.py"))


def test_generated_files_are_current(base: RuleBase) -> None:
    for path, content in generate.files(base):
        assert (TOP / path).read_bytes() == content, f"{path}: run python -m aiact_check.generate"


def test_the_published_schemas_are_schemas(base: RuleBase) -> None:
    published = [schema.answers(base), editor.answers(base), assessment.schema(), *schema.editors().values()]
    for each in published:
        jsonschema.Draft202012Validator.check_schema(each)


def test_every_file_is_plain_yaml_for_other_tools_too() -> None:
    files = [
        *(TOP / "rules").rglob("*.yaml"),
        *(TOP / "questionnaires").rglob("*.yaml"),
        TOP / "reports" / "words.yaml",
    ]
    for file in files:
        if "provisions" not in file.parts:
            yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)


def test_every_rule_has_an_example_that_is_true_and_one_that_is_false(base: RuleBase) -> None:
    bare = {"definition", "classification", "derogation", "exception", "obligation", "option", "procedure"}
    lacking = {
        rule.id: {True, False} - {example.then for example in base.examples[rule.id]}
        for rule in base.rules.values()
        if rule.kind in bare and not {True, False} <= {example.then for example in base.examples[rule.id]}
    }
    assert lacking == {}


def test_every_text_is_in_both_languages(base: RuleBase) -> None:
    def texts(node: object) -> list[object]:
        if hasattr(node, "en") and hasattr(node, "fr"):
            return [node]
        children = node.values() if isinstance(node, dict) else node if isinstance(node, (list, tuple)) else ()
        if hasattr(node, "__dataclass_fields__"):
            children = [getattr(node, name) for name in node.__dataclass_fields__]
        return [text for child in children for text in texts(child)]

    found = texts([base.rules, base.questions, base.groups, base.milestones, base.schedules, base.acts])
    assert len(found) > 1000
    for text in found:
        assert text.en.strip()  # type: ignore[attr-defined]
        assert text.fr.strip()  # type: ignore[attr-defined]


def test_every_question_is_used_by_a_rule_a_gate_or_a_contradiction(base: RuleBase) -> None:
    files = [*(TOP / "rules").rglob("*.yaml"), *(TOP / "questionnaires" / "questions").glob("*.yaml")]
    named = {fact for file in files for fact in re.findall(r"fact: (\w+)", file.read_text("utf-8"))}
    others = {"significant_design_change_on", "annual_turnover_eur"}
    assert set(base.questions) - named <= others


def _constants(file: Path) -> list[tuple[int, object]]:
    tree = ast.parse(file.read_text("utf-8"))
    documentation = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and id(node) not in documentation
    ]


LAW_IN_TEXT = re.compile(
    r"\b(art|anx|annex|annexe|article|art\.)[-_ ./]*\(?\d|\b20[2-3]\d-\d\d-\d\d|\b20[2-3]\d/\d{3,4}\b", re.I
)
THRESHOLDS = {250, 750}
EXAMPLES_OF_A_DAY = {"2026-11-23", "2026-08-02"}
"""How a day is written, in messages to people."""


@pytest.mark.parametrize("file", SOURCE, ids=lambda file: file.stem)
def test_no_article_number_date_or_amount_lives_in_python(file: Path) -> None:
    for line, value in _constants(file):
        if isinstance(value, str):
            stripped = value
            for day in EXAMPLES_OF_A_DAY:
                stripped = stripped.replace(day, "")
            if file.parent.name == "cli" and "Regulation (EU) 2024/1689" in stripped:
                continue
            assert not LAW_IN_TEXT.search(stripped), f"{file.name}:{line}: {value!r}"
        elif isinstance(value, int) and not isinstance(value, bool):
            assert value not in THRESHOLDS, f"{file.name}:{line}: {value}"
            assert not 7_500_000 <= value <= 10**30, f"{file.name}:{line}: {value}"


def test_a_broken_rule_base_names_every_break_at_once() -> None:
    files = {
        "rules/acts.yaml": b"known_to: 2026-10-15\nacts: {}\nextra: 1\n",
        "rules/calendar.yaml": b"milestones: {}\nschedules: {}\n",
        "rules/x/1.yaml": b"id: x/1\nkind: definition\ntitle: { en: a }\nversions:\n"
        b"  2024-08-01: { by: a, cite: b, when: { fcat: y } }\n",
    }
    with pytest.raises(Problems) as found:
        check(files, "")
    said = "\n".join(map(str, found.value.problems))
    assert "rules/acts.yaml:3:1: unknown key `extra`" in said
    assert "rules/x/1.yaml:3:1: `fr` is missing" in said
    assert "not a condition: fcat" in said


def test_examples_of_rules_are_run(base: RuleBase) -> None:
    rule = base.rules["annex-iii/4-a"]
    law = base.law(date(2026, 11, 23))
    example = next(example for example in base.examples[rule.id] if example.then is True)
    given = {
        fact: answer
        for fact, value in example.given.items()
        if (answer := normalise(base.questions[fact], value)) is not None
    }
    assert Values(law, given).rule(rule.id).value == "true"


def test_blank_questionnaires_are_valid_as_they_are(base: RuleBase) -> None:
    from aiact_check.answering import answers
    from aiact_check.reading.source import parse

    for lang in ("en", "fr"):
        content = (TOP / "questionnaires" / f"blank.{lang}.yaml").read_bytes()
        blank = answers.understand(parse("blank", content), base, "")
        assert blank.lang == lang
        assert blank.answers == {}
        assert set(blank.told) == set(base.questions)


def test_published_schema_matches_what_is_written(base: RuleBase) -> None:
    from aiact_check.answering import answers
    from aiact_check.assessing import document
    from tests.conftest import EXAMPLES

    validator = jsonschema.Draft202012Validator(json.loads((TOP / "reports" / "assessment.schema.json").read_text()))
    for file in EXAMPLES:
        found = document.assess(base, answers.load(file, base), date(2026, 11, 23))
        assert list(validator.iter_errors(json.loads(json.dumps(found)))) == []
