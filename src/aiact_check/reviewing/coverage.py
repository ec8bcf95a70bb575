"""What of the Act the rules cover: every paragraph and annex point, every text announced or allowed; the claims of the
report's annex. Plain text.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter

from aiact_check.law.lawbook import RuleBase, citations
from aiact_check.reading.source import parse
from aiact_check.text import SHAPE, Language, Text, data_folder
from aiact_check.wording.typeset import typeset, words, wrapped

Status = Literal["encoded", "not-for-operators", "for-counsel"]
PART = re.compile(r"art_\w+\.(par|poi)_\w+|anx_\w+\.(sec_\w+\.)?poi_[\w-]+|anx_\w+\.sec_\w+")
"""An article's paragraph, or its point where it has no paragraphs; an annex's section or top-level point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What becomes of a provision: rules read it, it is not for operators, or no rule can decide it."""

    __pydantic_config__ = SHAPE
    status: Status
    why: Text | None = None
    empowers: Literal["register"] | Text | None = None
    """Where the provision announces or allows a text: the register has it, or why no operator has to wait for it."""


def entries() -> Mapping[str, Entry]:
    """rules/coverage.yaml, by provision; an entry counts for what stands below it too."""
    data = parse("rules/coverage.yaml", (data_folder() / "rules" / "coverage.yaml").read_bytes()).data
    found: Mapping[str, Entry] = TypeAdapter(dict[str, Entry]).validate_json(json.dumps(data), strict=True)
    return found


def known_provisions() -> Mapping[str, Mapping[str, str]]:
    """Every provision that some version of the Act has, with its citations."""
    found: dict[str, Mapping[str, str]] = {}
    for file in sorted((data_folder() / "rules" / "provisions").glob("*.yaml")):
        found |= parse(file.name, file.read_bytes()).data
    return found


def provisions() -> list[str]:
    """What must be covered, in every version of the Act: paragraphs, articles without any, points of the annexes."""
    known = list(known_provisions())
    parts = [provision for provision in known if PART.fullmatch(provision)]
    parents = {part.split(".")[0] for part in parts}
    whole = [provision for provision in known if re.fullmatch(r"(art|anx)_\w+", provision) and provision not in parents]
    return [*whole, *parts]


def entry_of(provision: str, covered: Mapping[str, Entry]) -> Entry | None:
    """The entry of a provision, or of the nearest one above it."""
    parts = provision.split(".")
    above = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((covered[name] for name in above if name in covered), None)


def cited(base: RuleBase) -> dict[str, list[str]]:
    """By provision, the rules, checklists and dates that cite it or something below it."""
    found: dict[str, dict[str, None]] = {}
    for provision, by in citations(base):
        parts = provision.split(".")
        for length in range(len(parts), 0, -1):
            found.setdefault(".".join(parts[:length]), {})[by] = None
    return {provision: list(by) for provision, by in found.items()}


def mistakes(base: RuleBase) -> Iterator[str]:
    """What is missing: provisions without an entry, encoded ones that nothing cites, entries of nothing."""
    covered, by = entries(), cited(base)
    exactly = {provision for provision, _ in citations(base)}
    known = known_provisions()
    for name in covered:
        if name not in known:
            yield f"{name}: no version of the Act has this provision"
    for provision in provisions():
        entry = entry_of(provision, covered)
        if entry is None:
            yield f"{provision}: not in rules/coverage.yaml"
        elif entry.status == "encoded" and provision not in by and provision.rsplit(".", 1)[0] not in exactly:
            yield f"{provision}: said to be encoded, but nothing cites it"
        elif entry.status != "encoded" and entry.why is None:
            yield f"{provision}: `why` is missing"
    yield from _miscounted(base, covered)


def _miscounted(base: RuleBase, covered: Mapping[str, Entry]) -> Iterator[str]:
    """Empowerments that the register lacks, and those of the register that are not counted."""
    counted = {name for name, entry in covered.items() if entry.empowers == "register"}
    registered = {provision for text in base.awaited.values() for provision in text.basis}
    for name in sorted(counted - registered):
        yield f"{name}: said to be in the register, but no text of rules/awaited.yaml rests on it"
    for name in sorted(registered - counted):
        yield f"{name}: a text of rules/awaited.yaml rests on it, but rules/coverage.yaml does not count it"


def table(base: RuleBase, lang: Language) -> str:
    """Every provision with what becomes of it, and the totals."""
    w: Any = words(lang)["review"]
    covered, by, known = entries(), cited(base), known_provisions()
    lines, totals = [], Counter[str]()
    for provision in provisions():
        entry = entry_of(provision, covered)
        status = w["statuses"][entry.status] if entry else w["statuses"]["missing"]
        totals[status] += 1
        detail = ", ".join(by.get(provision, [])) if entry and entry.status == "encoded" else ""
        why = typeset(getattr(entry.why, lang), lang) if entry and entry.why else ""
        cite = typeset(known[provision][lang], lang)
        lines += wrapped(f"{cite}  {status}{w['colon'] if detail or why else ''}{detail or why}")
    total = ", ".join(f"{status}{w['colon']}{count}" for status, count in totals.most_common())
    return "\n".join([*lines, "", total, "", *_empowerments(base, covered, known, lang)]) + "\n"


def _empowerments(
    base: RuleBase, covered: Mapping[str, Entry], known: Mapping[str, Mapping[str, str]], lang: Language
) -> Iterator[str]:
    """Every provision that announces or allows a text, with what becomes of it, and the totals."""
    w: Any = words(lang)["review"]
    yield w["empowerments"]
    totals = Counter[str]()
    for name, entry in covered.items():
        if entry.empowers is None:
            continue
        if isinstance(entry.empowers, Text):
            status, detail = w["irrelevant"], getattr(entry.empowers, lang)
        else:
            texts = [text for text in base.awaited.values() if name in text.basis]
            status, detail = w["register"], ", ".join(getattr(text.title, lang) for text in texts)
        totals[status] += 1
        yield from wrapped(f"{typeset(known[name][lang], lang)}  {status}{w['colon']}{typeset(detail, lang)}")
    yield ""
    yield ", ".join(f"{status}{w['colon']}{count}" for status, count in totals.most_common())


def claims(base: RuleBase, lang: Language) -> str:
    """The claims of the report's annex, one by one, and its table corrected."""
    w: Any = words(lang)["review"]
    found, day = base.annex, max(base.provisions)

    def cites(names: list[str]) -> str:
        return ", ".join(typeset(getattr(base.provision(name, day), lang), lang) for name in names)

    lines = [typeset(getattr(found.report, lang), lang), ""]
    for claim in found.claims:
        lines += wrapped(f"{claim.id}  {typeset(getattr(claim.claim, lang), lang)}")
        said = f" {typeset(getattr(claim.says, lang), lang)}" if claim.says else ""
        lines += wrapped(f"{w['verdicts'][claim.verdict]}.{said} ({cites(claim.cite)})", "  ")
        lines += wrapped(", ".join(claim.rules), "  ")
        lines.append("")
    titles = {rule.role: getattr(rule.title, lang) for rule in base.rules.values() if rule.role}
    for row in found.table.rows:
        lines.append(typeset(getattr(row.title, lang), lang))
        for role, cell in zip(found.table.roles, row.cells, strict=True):
            said = f" {typeset(getattr(cell.says, lang), lang)}" if cell.says else ""
            cell_text = w["cell"].format(
                role=titles[role], annex=cell.annex or "–", corrected=cites(cell.corrected) or "–"
            )
            lines += wrapped(f"{cell_text}{said}", "  ")
        lines.append("")
    return "\n".join(lines)
