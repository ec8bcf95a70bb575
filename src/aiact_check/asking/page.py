"""The questionnaire as one web page that needs no server and no other file: the law as data, and what asks. Pure."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import typing
from datetime import date
from functools import cache
from typing import Any

from aiact_check import __version__
from aiact_check.answering import schema
from aiact_check.answering.form import people
from aiact_check.asking.screens import FEWEST
from aiact_check.law import compact, exact
from aiact_check.law.evaluate import NEVER
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import OWED, STATUSES, Tier
from aiact_check.reading.source import MAX_BYTES, parse
from aiact_check.text import LANGUAGES, Language, Text, data_folder, said
from aiact_check.wording.typeset import lower_first, typeset, words

ENGINE = ("js-yaml.min.js", "logic.js", "verdict.js", "course.js", "file.js", "same.js", "talk.js")
"""The scripts that know nothing of a page."""
SCRIPTS = (*ENGINE, "views.js", "result.js", "store.js", "main.js")
FONTS = re.compile(r"url\(([\w-]+\.woff2)\)")


def page(base: RuleBase, day: date, lang: Language, filled: str | None = None) -> str:
    """The page, with a filled questionnaire inside where there is one: what it says, and its text for the comments."""
    licence = f"/* js-yaml: {_part('js-yaml.LICENSE').strip()} */"
    script = "\n".join(["(function () {", licence, *map(_part, SCRIPTS), "})();"])
    style = FONTS.sub(_inlined, _part("page.css"))
    parts = {
        "lang": lang,
        "policy": "default-src 'none'; base-uri 'none'; form-action 'none'; font-src data:; "
        f"script-src '{_digest(script)}'; style-src '{_digest(style)}'",
        "version": __version__,
        "title": page_words(lang)["title"],
        "noscript": page_words(lang)["noscript"],
        "style": style,
        "law": _embedded(law(base, day, lang)),
        "filled": _embedded(filled and {"sheet": parse("", filled.encode()).data, "text": filled}),
        "script": script,
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], _part("page.html"))


def law(base: RuleBase, day: date, lang: Language) -> dict[str, Any]:
    """All that the page knows: the law from `day` on, the questions, and its words in one language."""

    def say(text: Text | None) -> str | None:
        return None if text is None else typeset(said(text, lang), lang)

    questions = compact.questions(base, say)
    for fact, question in questions.items():
        question["group"] = base.group_of[fact]
        question["known_by"] = say(people(base.known_by(fact)))
    return {
        "hash": base.hash,
        "version": __version__,
        "lang": lang,
        "known_to": base.acts.known_to,
        "never": NEVER,
        "most_open": exact.MOST_OPEN,
        "most_nodes": exact.MOST_NODES,
        "fewest": FEWEST,
        "most_bytes": MAX_BYTES,
        "longest_name": schema.MAX_NAME,
        "longest_note": schema.MAX_NOTE,
        "owed": OWED,
        "statuses": STATUSES,
        "tiers": typing.get_args(Tier),
        "groups": {name: say(group.title) for name, group in base.groups.items()},
        "questions": questions,
        "rules": compact.rules(base, say),
        "schedules": compact.schedules(base, say),
        "contradictions": list(compact.contradictions(base, say)),
        "screens": [{"title": say(screen.title), "ordinary": screen.ordinary} for screen in base.screens],
        "stages": compact.stages(base, min(day, date.fromisoformat(base.acts.known_to)), say),
        "words": _words(lang),
    }


def _words(lang: Language) -> dict[str, Any]:
    """The words of the page: its own, and of the reports' those it shares."""
    report = words(lang)
    shared = {
        "months": report["months"],
        "first_day": report["first_day"],
        "disclaimer": typeset(report["disclaimer"], lang),
        "tier": {tier: _set(named, lang) for tier, named in report["tiers"].items()},
        "role": {role: lower_first(typeset(named["name"], lang)) for role, named in report["roles"].items()},
        "confidence": _set(report["confidence"], lang),
        "fine": _set(report["fine"], lang),
        "percent": typeset(report["percent"], lang),
    }
    return {**shared, **page_words(lang)}


@cache
def page_words(lang: Language) -> Any:
    """The page's own words in one language."""
    return _set(_in(parse("questionnaires/page/words.yaml", _part("words.yaml").encode()).data, lang), lang)


def _in(node: Any, lang: Language) -> Any:
    if set(node) == set(LANGUAGES):
        return node[lang]
    return {key: _in(part, lang) for key, part in node.items()}


def _set(node: Any, lang: Language) -> Any:
    if isinstance(node, dict):
        return {key: _set(part, lang) for key, part in node.items()}
    return [_set(part, lang) for part in node] if isinstance(node, list) else typeset(str(node), lang)


@cache
def _part(name: str) -> str:
    return (data_folder() / "questionnaires" / "page" / name).read_text("utf-8")


def _inlined(found: re.Match[str]) -> str:
    data = base64.b64encode((data_folder() / "questionnaires" / "page" / found[1]).read_bytes()).decode()
    return f"url(data:font/woff2;base64,{data})"


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _embedded(data: Any) -> str:
    """Data inside a script element, which no text in it can end."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
