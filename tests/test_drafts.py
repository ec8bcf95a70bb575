"""Drafts: their contents are data that fits the law, gaps stay gaps, and whether one is owed comes with its reason."""

from __future__ import annotations

import copy
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from click.testing import CliRunner, Result
from pydantic import TypeAdapter

from aiact_check.answering import answers
from aiact_check.answering.answers import Questionnaire
from aiact_check.assessing import document
from aiact_check.assessing.assessment import Assessment
from aiact_check.cli import main
from aiact_check.drafting import draft_docx, draft_markdown, forms, paper
from aiact_check.drafting.draft import draft
from aiact_check.drafting.forms import Form, Part
from aiact_check.drafting.sections import Draft
from aiact_check.drafting.standing import Standing, standing
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import OWED
from aiact_check.reading.source import parse
from aiact_check.text import LANGUAGES, Language, Text
from aiact_check.wording.typeset import shown
from aiact_check.wording.view import View
from tests.conftest import TODAY, TOP
from tests.test_law import HIRING, USER

KINDS = forms.kinds()
EXAMPLES = TOP / "questionnaires" / "examples"
SPAM, IMAGING, RECRUITMENT = "spam-filter.en", "imagerie-medicale.fr", "recrutement-ia-generative.fr"
BEFORE = date(2026, 7, 1)
Make = Callable[..., tuple[Draft, Standing]]


@pytest.fixture(scope="module")
def make(base: RuleBase) -> Make:
    @cache
    def loaded(name: str) -> Questionnaire:
        return answers.load(EXAMPLES / f"{name}.yaml", base)

    known: list[tuple[Questionnaire, date, Assessment]] = []

    def assessed(told: Questionnaire, day: date) -> Assessment:
        """The assessment, worked out once for the drafts of all kinds."""
        for questionnaire, asked, found in known:
            if questionnaire is told and asked == day:
                return found
        known.append((told, day, document.assess(base, told, day)))
        return known[-1][2]

    def from_(told: Questionnaire | str, kind: str | Form, day: date = TODAY, lang: Language = "en") -> Any:
        if isinstance(told, str):
            told = loaded(told)
        form = forms.load(kind) if isinstance(kind, str) else kind
        view = View(assessed(told, day), lang)
        stands = standing(base, told, view, form)
        return draft(base, view, form, stands), stands

    return from_


def told(base: RuleBase, lines: str, name: str = "S") -> Questionnaire:
    head = f"company: {{ name: C }}\nsystem: {{ name: {name} }}\nanswers:\n"
    return answers.understand(parse("t", (head + lines).encode()), base, "")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def parts(form: Form) -> Iterator[Part]:
    for section in form.sections:
        yield from section.parts
        yield from section.each
        for filled in section.fill.values():
            yield from filled


def texts(node: Any) -> Iterator[Text]:
    if isinstance(node, Text):
        yield node
    elif isinstance(node, (list, tuple)):
        for item in node:
            yield from texts(item)
    elif isinstance(node, dict):
        yield from texts(list(node.values()))
    elif hasattr(node, "__dataclass_fields__"):
        yield from texts([getattr(node, name) for name in node.__dataclass_fields__])


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_of_a_draft_fits_its_shape_and_names_what_exists(kind: str, base: RuleBase) -> None:
    path = TOP / "reports" / "drafts" / f"{kind}.yaml"
    form = TypeAdapter(Form).validate_json(json.dumps(parse(path.name, path.read_bytes()).data), strict=True)
    assert form == forms.load(kind)
    roles = {rule.role for rule in base.rules.values() if rule.role}
    for duty in form.duties:
        assert base.rules[duty].kind in OWED
    for part in parts(form):
        assert set(part.facts) <= set(base.questions)
        assert {*part.rules, *part.duties} <= set(base.rules)
        assert part.role in (None, *roles)
        assert part.holding is None or any(rule.startswith(part.holding) for rule in base.rules)
        assert (part.label is None) == (part.company is None and part.system is None)
    for section in form.sections:
        assert bool(section.title) != bool(section.follows)
        assert set(section.guidance) <= {act.in_force for act in base.acts.acts.values()}
        items = {
            item.cite
            for name in section.follows
            for version in base.checklists[name].versions.values()
            for item in version.items
        }
        assert set(section.fill) <= items
    for text in texts(form):
        assert text.en.strip()
        assert text.fr.strip()
        assert re.findall(r"{\w+}", text.en) == re.findall(r"{\w+}", text.fr)


@pytest.mark.parametrize("kind", KINDS)
def test_each_provision_is_in_every_version_of_the_act(kind: str, base: RuleBase) -> None:
    form = forms.load(kind)
    cited = {*form.cite, *(cite for section in form.sections for cite in section.cite)}
    for day, known in base.provisions.items():
        assert cited <= set(known), day


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_follows_every_checklist_its_duties_ask_for(kind: str, base: RuleBase) -> None:
    form = forms.load(kind)
    followed = {name for section in form.sections for name in section.follows}
    versions = [version for duty in form.duties for version in base.rules[duty].versions.values()]
    assert {name for version in versions for name in version.contents} <= followed


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [SPAM, IMAGING, RECRUITMENT])
def test_every_draft_of_a_system_says_what_it_is_and_asserts_nothing(name: str, lang: Language, make: Make) -> None:
    for kind in KINDS:
        made, stands = make(name, kind, lang=lang)
        text = draft_markdown.markdown(made, lang)
        assert made.mark in text
        assert stands.says
        assert all(section.cites and section.who for section in made.sections)
        assert not re.search(r"\b(is|are) compliant\b|\b(est|sont) conformes?\b", text)
        assert "{" not in text
        assert {"en": "law known up to", "fr": "droit connu au"}[lang] in text
        assert any(section.state in ("partly", "empty") for section in made.sections)


def test_an_answer_is_given_with_its_author_and_an_unknown_one_is_a_gap(base: RuleBase, make: Make) -> None:
    lines = "  areas: [employment]\n  employment_uses: [recruitment_or_selection]\n"
    lines += "  does_profiling: { answer: false, note: No scores, by: C. A., on: 2026-11-02 }\n"
    made, _ = make(told(base, lines), "not-high-risk")
    rows = {line.label: line for section in made.sections for line in section.lines}
    profiling = rows["Profiling of people"]
    assert (profiling.text, plain(profiling.note)) == ("no", "No scores · C. A., 2 November 2026")
    assert rows["Limited tasks"].kind == "gap"
    assert "(question limited_tasks)" in rows["Limited tasks"].text
    assert "Uses in education" not in rows


def test_a_company_is_not_named_in_a_role_it_does_not_have(make: Make) -> None:
    for name, kind in ((IMAGING, "given"), (RECRUITMENT, "gap")):
        made, _ = make(name, "declaration")
        provider = next(line for section in made.sections for line in section.lines if line.label == "Provider")
        assert provider.kind == kind


def test_the_declaration_leaves_each_statement_to_its_signatory(make: Make) -> None:
    made, _ = make(IMAGING, "declaration")
    statements = [section for section in made.sections if section.title.startswith(("Statement", "If it processes"))]
    assert len(statements) == 3
    for section in statements:
        assert section.lines[-1].kind == "gap"
        assert "says" not in {line.kind for line in section.lines}


def test_points_deleted_in_2026_are_asked_before_and_said_deleted_after(make: Make) -> None:
    points = ("anx_VIII.sec_B.poi_7", "anx_VIII.sec_B.poi_9")
    before, after = (make(RECRUITMENT, "registration-exempted", day)[0] for day in (BEFORE, TODAY))
    assert len(before.sections) == len(after.sections) == 9
    assert [section.state for section in before.sections].count("gone") == 0
    gone = [section for section in after.sections if section.state == "gone"]
    assert len(gone) == len(points)
    assert all("27 July 2026 by Regulation (EU) 2026/1744" in plain(section.gone) for section in gone)


def test_guidance_is_that_of_the_wording_in_force(make: Make) -> None:
    def guidance(day: date) -> str:
        made, _ = make(RECRUITMENT, "rights-impact", day)
        return next(section.guidance for section in made.sections if section.title.startswith("Data protection"))

    assert "complements" in guidance(BEFORE)
    assert "take it over" in guidance(TODAY)


def test_the_restricted_register_asks_for_less(base: RuleBase, make: Make) -> None:
    rule = base.rules["art-49/4-provider"]
    given = next(example.given for example in base.examples[rule.id] if example.then is True)
    lines = "".join(f"  {fact}: {json.dumps(value)}\n" for fact, value in given.items())
    lines += "  first_placed_on: 2027-12-20\n"
    made, stands = make(told(base, lines), "registration-provider")
    full, _ = make(IMAGING, "registration-provider")
    assert stands.state == "owed"
    (name,) = rule.versions[min(rule.versions)].contents
    (version,) = base.checklists[name].versions.values()
    assert len(made.sections) == len(version.items) < len(full.sections)


@pytest.mark.parametrize(
    ("name", "kind", "state", "says"),
    [
        (IMAGING, "declaration", "owed", "it is owed, as a provider, from 2 October 2028"),
        (IMAGING, "not-high-risk", "not-owed", "“A use listed in Annex III (Annex III)” does not hold"),
        (RECRUITMENT, "notice-workers", "depends", "It depends on: significant change of design"),
        (RECRUITMENT, "declaration", "not-owed", "it falls to another role (Provider)"),
        (RECRUITMENT, "rights-impact", "not-owed", "Public body: no"),
        (SPAM, "model-documentation", "not-owed", "because"),
    ],
)
def test_whether_it_is_owed_comes_with_its_reason(name: str, kind: str, state: str, says: str, make: Make) -> None:
    made, stands = make(name, kind)
    assert stands.state == state
    said = plain(" ".join(stands.says))
    assert says in said
    assert stands.says[0] in made.standing.says


def test_nothing_answered_leaves_every_draft_in_doubt(base: RuleBase, make: Make) -> None:
    nothing = told(base, "  technique: null\n")
    for kind in KINDS:
        assert make(nothing, kind)[1].state == "depends"


def test_a_legacy_system_is_exempt_and_says_why(base: RuleBase, make: Make) -> None:
    told_before = "does_profiling: true\nfirst_placed_on: 2025-03-01\nintended_for_public_authorities: false\n"
    told_before += "significant_design_change: false\nworkplace_use: [employer, at_workplace, workers_subject]\n"
    lines = "".join(f"  {line}\n" for line in (USER + HIRING + told_before).splitlines())
    _, stands = make(told(base, lines), "notice-workers")
    assert stands.state == "exempt"
    assert "never starts for this system" in stands.says[0]


def test_a_deleted_obligation_and_one_to_come_are_said_so(base: RuleBase, make: Make) -> None:
    ended = [
        rule.id for rule in base.rules.values() if rule.kind in OWED and any(v.repealed for v in rule.versions.values())
    ]
    later = [rule.id for rule in base.rules.values() if rule.kind in OWED and min(rule.versions) > BEFORE.isoformat()]
    form = forms.load("declaration")
    for rules, day, state, says in (
        (ended, TODAY, "gone", "DELETED on"),
        (later, BEFORE, "not-yet", "does not exist yet"),
    ):
        for rule in rules[:3]:
            _, stands = make(SPAM, replace(form, duties=[rule]), day)
            assert stands.state == state
            assert says in stands.says[0]
    assert later


HOSTILE = [
    "<b>&amp;</b>]]>",
    "{{ 7 * 7 }}{0}{company}%s",
    "a" * 5000,
    "abc\u202e\u2066fdp.exe\u2069",
    "\u0645\u0631\u062d\u0628\u0627 \u4f60\u597d \U0001f600",
    "one\x07\x1b[31mtwo\x0b\x00\ufffe",
    "| [x](javascript:alert(1)) | `y` *** # t\n\n# Heading",
    "=1+1",
    "../../etc/passwd",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_a_user_wrote_is_text(text: str, base: RuleBase) -> None:
    found = answers.load(EXAMPLES / f"{IMAGING}.yaml", base)
    assessed: Any = copy.deepcopy(dict(document.assess(base, found, TODAY)))
    assessed["company"] = {"name": text, "place": text}
    assessed["system"] = {"name": text, "version": text, "description": text}
    for answer in assessed["answers"]:
        answer |= {"note": text, "by": text}
    view = View(assessed, "fr")
    for kind in ("not-high-risk", "notice-persons"):
        form = forms.load(kind)
        made = draft(base, view, form, standing(base, found, view, form))
        content = draft_docx.docx(made, "fr")
        opened = docx.Document(io.BytesIO(content))
        written = "\n".join(paragraph.text for paragraph in opened.paragraphs)
        assert re.sub("[\ufffe]", "", shown(text)) in written
        page = draft_markdown.markdown(made, "fr")
        assert len(re.findall("^#+ ", page, re.MULTILINE)) == len(made.sections) + 2
        assert not re.search(r"(?<!\\)\[x(?<!\\)\]\(javascript", page)
        assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", page + written.replace("\x0b", ""))
        targets = re.findall(r'Target="(http[^"]*|javascript[^"]*)"', _part(content, "word/_rels/document.xml.rels"))
        assert all(target.startswith("http://data.europa.eu/") for target in targets)


def _part(content: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


@pytest.mark.parametrize(("lang", "locale"), [("en", "en-GB"), ("fr", "fr-FR")])
def test_the_document_has_headings_a_language_a_table_and_highlighted_gaps(
    lang: Language, locale: str, make: Make
) -> None:
    made, _ = make(IMAGING, "declaration", lang=lang)
    content = draft_docx.docx(made, lang)
    opened: Any = docx.Document(io.BytesIO(content))
    levels = [
        paragraph.style.name for paragraph in opened.paragraphs if paragraph.style.name.startswith(("Title", "Head"))
    ]
    assert levels == ["Title", "Heading 1"] + ["Heading 2"] * len(made.sections)
    (table,) = opened.tables
    assert len(table.rows) == len(made.sections) + 1
    runs = [run for paragraph in opened.paragraphs for run in paragraph.runs if run.font.highlight_color]
    assert len(runs) == sum(line.kind == "gap" for section in made.sections for line in section.lines)
    core = opened.core_properties
    assert (core.language, core.created.date(), core.modified.date()) == (locale, TODAY, TODAY)
    assert f'w:val="{locale}"' in _part(content, "word/styles.xml")
    assert made.mark in opened.sections[0].header.paragraphs[0].text
    for entry in zipfile.ZipFile(io.BytesIO(content)).infolist():
        assert entry.date_time == paper.ZIP_DAY
        if entry.filename.endswith((".xml", ".rels")):
            ElementTree.fromstring(_part(content, entry.filename))
    assert content == draft_docx.docx(made, lang)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["draft", *map(str, arguments)])


@pytest.fixture
def questionnaire(tmp_path: Path) -> Path:
    copied = tmp_path / "scan.yaml"
    copied.write_bytes((EXAMPLES / f"{IMAGING}.yaml").read_bytes())
    return copied


def test_the_command_lists_the_kinds_and_writes_one(questionnaire: Path) -> None:
    for arguments in ((), ("--list",), ("declaration", "--list")):
        listed = run(questionnaire, *arguments, "--lang", "en", "--as-of", "2026-11-23")
        assert listed.exit_code == 0, listed.output
        assert all(kind in listed.output for kind in KINDS)
        assert (
            listed.output.index("declaration") < listed.output.index("Not owed") < listed.output.index("rights-impact")
        )
    assert [path.name for path in questionnaire.parent.iterdir()] == ["scan.yaml"]
    made = run(questionnaire, "declaration", "--as-of", "2026-11-23")
    target = questionnaire.with_name("scan.declaration.docx")
    assert made.output.strip() == str(target)
    assert "PROJET" in docx.Document(str(target)).sections[0].header.paragraphs[0].text
    assert run(questionnaire, "declaration").exit_code == 2
    assert run(questionnaire, "declaration", "--force").exit_code == 0


def test_the_suffix_picks_the_form_and_a_dash_prints(questionnaire: Path) -> None:
    target = questionnaire.with_name("d.md")
    assert run(questionnaire, "declaration", "-o", target, "--as-of", "2026-11-23").exit_code == 0
    printed = run(questionnaire, "declaration", "-o", "-", "--as-of", "2026-11-23")
    assert printed.output == target.read_text("utf-8")
    assert run(questionnaire, "declaration", "-o", questionnaire.with_name("d.pdf")).exit_code == 2


@pytest.mark.parametrize(("kind", "says"), [("declaratoin", "vouliez-vous dire `declaration`"), ("../x", "il y a : ")])
def test_an_unknown_kind_is_wrong_usage_with_a_hint(questionnaire: Path, kind: str, says: str) -> None:
    result = run(questionnaire, kind)
    assert result.exit_code == 2
    assert says in result.output.lower().replace("\u00a0", " ")


def test_a_bad_questionnaire_is_listed_and_nothing_is_written(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("company: { name: A }\nsystem: { name: B }\nanswers: { does_profiling: oui }\n")
    result = run(bad, "declaration")
    assert result.exit_code == 1
    assert "bad.yaml:3:" in result.output
    assert len(list(tmp_path.iterdir())) == 1
