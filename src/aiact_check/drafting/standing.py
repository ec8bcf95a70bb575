"""Whether a draft is owed by this verdict: since when, on what it depends, or why not. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from aiact_check.assessing.document import explain
from aiact_check.drafting.forms import Form
from aiact_check.text import Language, Text, phrase, said
from aiact_check.wording.grounds import nodes
from aiact_check.wording.owed import Owed
from aiact_check.wording.speech import Data
from aiact_check.wording.typeset import joined, listed, typeset

if TYPE_CHECKING:
    from aiact_check.answering.answers import Questionnaire
    from aiact_check.law.lawbook import RuleBase

State = Literal["owed", "depends", "exempt", "not-owed", "not-yet", "gone"]
ORDER: tuple[State, ...] = ("owed", "depends", "exempt", "not-owed", "not-yet", "gone")
NAMED = 5
"""How many questions or reasons a line names."""


@dataclass(frozen=True)
class Standing:
    """Whether it is owed, and the sentences that say why."""

    state: State
    says: list[str]


def standing(base: RuleBase, told: Questionnaire, owed: Owed, form: Form) -> Standing:
    """Whether the duties of a form make it owed; the strongest of them counts."""
    found = [_of_duty(base, told, owed, duty) for duty in form.duties]
    state = min((one.state for one in found), key=ORDER.index)
    lines = dict.fromkeys(line for one in found if one.state == state for line in one.says)
    return Standing(state, list(lines))


def _of_duty(base: RuleBase, told: Questionnaire, owed: Owed, rule_id: str) -> Standing:
    document, day = owed.doc, date.fromisoformat(owed.doc["as_of"])
    if rule_id not in base.law(day).versions:
        return _not_in_force(base, owed, rule_id)
    mine = [duty for duty in document["duties"] if duty["id"] == rule_id]
    if mine:
        sure = [duty for duty in mine if duty["state"] != "depends"]
        if sure:
            return Standing("owed", [_owed(owed, duty) for duty in sure])
        return Standing("depends", [_depends(owed, mine[0])])
    exempt = [entry for entry in document["exemptions"] if entry["id"] == rule_id]
    if exempt:
        because = owed.t(exempt[0]["because"])
        return Standing("exempt", [_say(owed.lang, "draft.exempt", duty=_named(owed, exempt[0]), because=because)])
    return Standing("not-owed", list(_not_owed(base, told, owed, rule_id, day)))


def _owed(owed: Owed, duty: Data) -> str:
    slots = {"duty": _named(owed, duty), "role": owed.role(duty["role"], "a"), "when": owed.when(duty["applies_from"])}
    confidence = duty["start"]["confidence"]
    note = f" ({owed.t(owed.w['confidence'][confidence])})" if confidence != "settled" else ""
    return _say(owed.lang, "draft.owed", note=note, **slots)


def _depends(owed: Owed, duty: Data) -> str:
    asked = {question["fact"]: owed.t(question["label"]) for question in owed.doc["open_questions"]}
    labels = [asked[fact] for fact in duty["depends_on"] if fact in asked]
    if len(labels) > NAMED:
        labels = [*labels[:NAMED], owed.n(owed.w["more"], len(labels) - NAMED)]
    return _say(owed.lang, "draft.depends", duty=_named(owed, duty), questions=", ".join(labels))


def _not_owed(base: RuleBase, told: Questionnaire, owed: Owed, rule_id: str, day: date) -> Iterator[str]:
    """The answers that rule a duty out, or the roles it is for and the company does not have."""
    (finding,) = explain(base, told, day, [rule_id])
    named = _named(owed, finding)
    if finding["value"] == "false":
        why = list(dict.fromkeys(_reasons(owed, finding)))[:NAMED]
        yield _say(owed.lang, "draft.not_owed", duty=named, why=joined(why, owed.lang))
        return
    titles = {rule.role: rule.title for rule in base.rules.values() if rule.role}
    roles = [owed.t(said(titles[role], owed.lang)) for role in base.law(day).versions[rule_id].who]
    yield _say(owed.lang, "draft.other_role", duty=named, roles=listed(roles, owed.lang, "or"))


def _reasons(owed: Owed, finding: Data) -> Iterator[str]:
    for node in nodes(finding["why"]):
        if "rule" in node:
            cited = "".join(owed.t(cite) for cite in node["cite"][:1])
            titled = f"{owed.t(node['title'])} ({cited})" if cited else owed.t(node["title"])
            yield _say(owed.lang, f"draft.rule_{node['value']}", rule=titled)
        elif "fact" in node and not node.get("parts") and node["answer"]:
            yield owed.label(node) + owed.t(owed.w["colon"]) + owed.said(node["answer"])


def _not_in_force(base: RuleBase, owed: Owed, rule_id: str) -> Standing:
    rule, day = base.rules[rule_id], owed.doc["as_of"]
    past = [start for start in rule.versions if start <= day]
    moment = max(past) if past else min(rule.versions)
    key: State = "gone" if past else "not-yet"
    act = base.acts.acts[rule.versions[moment].by].short
    slots = {"duty": owed.t(said(rule.title, owed.lang)), "day": owed.day(moment), "act": owed.t(said(act, owed.lang))}
    return Standing(key, [_say(owed.lang, f"draft.{key.replace('-', '_')}", **slots)])


def _named(owed: Owed, duty: Data) -> str:
    cited = "".join(owed.t(cite) for cite in duty["cite"][:1])
    return f"{owed.t(duty['title'])}, {cited}" if cited else owed.t(duty["title"])


def _say(lang: Language, key: str, **slots: str | Text) -> str:
    return typeset(said(phrase(key), lang), lang).format(**slots)
