"""The duties of a verdict as entries of a questionnaire, and in words what wants a look there. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aiact_check.answering import edit
from aiact_check.answering.answers import Work
from aiact_check.asking.outlook import role_name
from aiact_check.assessing.assessment import RemarkData
from aiact_check.assessing.parts import Duty, Verdict
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.truth import Truth
from aiact_check.text import Language, Text, phrase, said
from aiact_check.wording.typeset import day

BLOCK = "compliance"


@dataclass(frozen=True)
class Listed:
    """A questionnaire with the duties of a verdict, and the rules of those that were added."""

    content: str
    added: tuple[str, ...]


def with_duties(base: RuleBase, content: str, verdict: Verdict, told: Mapping[str, Work], lang: Language) -> Listed:
    """The questionnaire with each sure duty it does not list yet, not started; all that stands there is kept.

    Raises edit.CannotEdit.
    """
    new: dict[str, list[Duty]] = {}
    for duty in verdict.duties:
        if duty.value is Truth.TRUE and duty.rule.id not in told:
            new.setdefault(duty.rule.id, []).append(duty)
    if not new:
        return Listed(content, ())
    lines = "".join(line for duties in new.values() for line in _entry(base, duties, verdict.day, lang))
    entries = {rule_id: {"status": "not-started"} for rule_id in new}
    return Listed(edit.append(content, BLOCK, lines, entries), tuple(new))


def _entry(base: RuleBase, duties: list[Duty], as_of: str, lang: Language) -> Iterator[str]:
    rule, start = duties[0].rule, duties[0].start
    roles = ", ".join(dict.fromkeys(said(role_name(base, duty.role), lang) for duty in duties))
    provision = base.provision(rule.versions[max(v for v in rule.versions if v <= as_of)].cites[0], as_of)
    first = start.date or min(start.possible)
    since = phrase("worklist.from" if start.date else "worklist.earliest", day=Text(day(first, "en"), day(first, "fr")))
    cite = Text(provision.en, provision.fr)
    yield f"  # {said(phrase('worklist.duty', title=rule.title, roles=roles, cite=cite, since=since), lang)}\n"
    yield f"  {rule.id}:\n    status: not-started\n    # owner:\n    # due:\n    # evidence: []\n"


def remarked(remark: RemarkData, lang: Language) -> str:
    """A remark in a sentence: the duty, and what wants a look."""
    due = remark["due"]
    slots = {"due": Text(day(due, "en"), day(due, "fr"))} if due else {}
    what = phrase(f"remarks.{remark['kind']}", **slots)
    return said(phrase("worklist.remark", rule=remark["rule"], title=remark["title"][lang], what=what), lang)
