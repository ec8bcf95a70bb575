"""What an overlay does to a result: its rules that bear on it, and the assessment under the law in force. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from aiact_check.assessing.bench import Bench
from aiact_check.law.evaluate import Answers
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import Version
from aiact_check.law.overlay import Overlaid
from aiact_check.law.truth import Truth
from aiact_check.text import Text

if TYPE_CHECKING:
    from aiact_check.assessing.assessment import Assessment, Cite, LaidData, OverlayData, Words


def overlay(base: Overlaid, supposed: Answers, given: Answers, found: Assessment) -> OverlayData:
    """The overlay, which of its rules bear on these answers, and what was found under the law in force.

    `supposed` are the answers as the overlay takes them, `given` as the law in force does.
    """
    told, day = base.files.overlay, date.fromisoformat(found["as_of"])
    return {
        "name": base.files.name,
        "title": _words(told.title),
        "short": _words(told.short),
        "says": _words(told.says),
        "source": _words(told.source),
        "link": told.link,
        "seen": told.seen,
        "begins": told.begins,
        "rules": list(_rules(base, supposed, given, day)),
        "in_force": found,
    }


def _rules(base: Overlaid, supposed: Answers, given: Answers, day: date) -> Iterator[LaidData]:
    under, over = Bench(base.under, base.under.law(day), given), Bench(base, base.law(day), supposed)
    old, new = under.law.versions, over.law.versions
    for rule in base.files.rules:
        values = [_value(bench, rule.id) for bench in (under, over)]
        if values == [Truth.FALSE, Truth.FALSE]:
            continue
        before, after = old.get(rule.id), new.get(rule.id)
        version = after or before
        if version is None or version == before:
            continue
        yield {
            "rule": rule.id,
            "title": _words(rule.title),
            "cite": [_cite(base, provision, day) for provision in version.cites],
            "was": _wording(before),
            "now": _wording(after),
            "in_force": values[0].value,
            "supposed": values[1].value,
        }


def _value(bench: Bench, rule: str) -> Truth:
    return bench.examine([rule])[0].value if rule in bench.law.versions else Truth.FALSE


def _cite(base: RuleBase, provision_id: str, day: date) -> Cite:
    provision = base.provision(provision_id, day.isoformat())
    return {"id": provision_id, "en": provision.en, "fr": provision.fr, "eli": provision.eli}


def _wording(version: Version | None) -> Words | None:
    """The duty, or else the reading, of a wording."""
    text = (version.duty or version.reads) if version else None
    return _words(text) if text else None


def _words(text: Text) -> Words:
    return {"en": text.en, "fr": text.fr}
